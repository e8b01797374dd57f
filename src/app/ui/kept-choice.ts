import { useState } from 'react';
import { basePath } from '../routing/base-path.ts';

/**
 * A yes or no that the browser keeps over tabs and visits; where storage is forbidden or full, until the page is loaded
 * again. Consoles under other base paths of the same host keep their own.
 */
export function useKeptChoice(name: string): readonly [value: boolean, set: (value: boolean) => void] {
  const [value, setValue] = useState(() => attempt(() => window.localStorage.getItem(keyOf(name))) === '1');
  return [
    value,
    (to) => {
      setValue(to);
      attempt(() => window.localStorage.setItem(keyOf(name), to ? '1' : '0'));
    },
  ];
}

function keyOf(name: string): string {
  return basePath() === '/' ? name : basePath() + name;
}

/** Even reading the property throws where storage is forbidden. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
