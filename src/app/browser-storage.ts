import { basePath } from './routing/base-path.ts';

/**
 * The tab's session storage; null where storage is forbidden, in which case reading the property itself throws. Consoles
 * under other base paths of the same host use keys of their own.
 */
export function sessionStorageOrNull(): Pick<Storage, 'getItem' | 'setItem'> | null {
  try {
    const storage = window.sessionStorage;
    const keyOf = (key: string) => (basePath() === '/' ? key : basePath() + key);
    return {
      getItem: (key) => storage.getItem(keyOf(key)),
      setItem: (key, value) => storage.setItem(keyOf(key), value),
    };
  } catch {
    return null;
  }
}
