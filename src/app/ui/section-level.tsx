import { createContext, use } from 'react';

/** The level of the panel's sections: beside the list the panel is a part of its screen, else a screen of its own. */
export const SectionLevel = createContext<2 | 3>(2);

export function useSectionLevel(): 2 | 3 {
  return use(SectionLevel);
}
