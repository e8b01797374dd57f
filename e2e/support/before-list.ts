import type { Page } from '@playwright/test';

/** Notes in the page when the list is there: a busy machine looks later, when less urgent parts have come as well. */
export async function noteWhenListIsThere(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('tr[data-id]') === null) return;
      performance.mark('list');
      observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** What the page asked for before its list was there. */
export async function askedBeforeList(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const there = performance.getEntriesByName('list')[0]?.startTime ?? Infinity;
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime <= there)
      .map(({ name }) => name);
  });
}
