import type { DraftStore } from './draft-store.ts';

/**
 * While something typed is unsaved, closing or leaving the page asks first: drafts live in the tab, and end with it.
 * It listens only that long, since a listener alone keeps some browsers from going back to a page quickly. Returns how
 * to end it.
 */
export function askBeforeClosing(drafts: Pick<DraftStore, 'isEmpty' | 'subscribe'>, page: EventTarget): () => void {
  const ask = (event: Event) => event.preventDefault();
  const follow = () => {
    if (drafts.isEmpty()) page.removeEventListener('beforeunload', ask);
    else page.addEventListener('beforeunload', ask);
  };
  follow();
  const unsubscribe = drafts.subscribe(follow);
  return () => {
    unsubscribe();
    page.removeEventListener('beforeunload', ask);
  };
}
