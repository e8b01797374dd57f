import type { FetchHandler } from '../fetch-handler.ts';
import { consolePath } from './hash-location.ts';

/** Answers links that no router and no server does: to a place in the page, and to a file of the console's, which is saved. */
export function answerLinks(document: Document, fetch: FetchHandler): void {
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.getAttribute('href') ?? null;
      if (link === null || href === null) return;
      if (/^#[^/]/.test(href)) {
        event.preventDefault();
        document.getElementById(href.slice(1))?.focus();
      } else if (link.hasAttribute('download') && consolePath(href) !== null) {
        event.preventDefault();
        void save(document, href, fetch);
      }
    },
    { capture: true },
  );
}

async function save(document: Document, href: string, fetch: FetchHandler): Promise<void> {
  const reply = await fetch(new Request(new URL(href, 'http://page')));
  const [, name = 'console.txt'] = /filename="([^"]+)"/.exec(reply.headers.get('Content-Disposition') ?? '') ?? [];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await reply.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
