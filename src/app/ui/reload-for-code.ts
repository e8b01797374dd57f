/** The page of this browser's window. */
export interface ReloadedPage {
  readonly now: () => number;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** Rejects while nobody serves the page. */
  readonly fetchHead: () => Promise<unknown>;
  readonly reload: () => void;
}

/** How long the page waits until it reloads by itself again, ms: code that one reload did not bring is not there. */
export const RELOAD_INTERVAL_MS = 60_000;

const KEY = 'reloaded-for-code';

/**
 * Reloads a page that could not load a part of its code: browsers never fetch again what they once failed to, and after an
 * update of the console the code that an open page asks for is gone. Drafts and changes that were sent outlive it. Does
 * nothing while nobody serves the page, and, unless a person asked for it (`isAsked`), within a minute of the last time.
 */
export async function reloadForCode(isAsked: boolean, page: ReloadedPage = windowPage): Promise<void> {
  // Without storage nothing would end a loop of reloads.
  const last = page.storage === null ? page.now() : Number(page.storage.getItem(KEY));
  if (!isAsked && page.now() - last < RELOAD_INTERVAL_MS) return;
  try {
    await page.fetchHead();
  } catch {
    return;
  }
  page.storage?.setItem(KEY, String(page.now()));
  page.reload();
}

const windowPage: ReloadedPage = {
  now: () => Date.now(),
  get storage() {
    try {
      return window.sessionStorage;
    } catch {
      // Where storage is forbidden, reading the property throws.
      return null;
    }
  },
  fetchHead: () => fetch(window.location.href, { method: 'HEAD' }),
  reload: () => window.location.reload(),
};
