import { createContext, use } from 'react';

/** The heading level of the panel's sections: 3 beside the list, where the panel is a part of its screen; 2 where it is a screen of its own. */
export const SectionLevel = createContext<2 | 3>(2);

export function useSectionLevel(): 2 | 3 {
  return use(SectionLevel);
}
