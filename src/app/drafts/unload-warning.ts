import type { DraftStore } from './draft-store.ts';

/**
 * While something typed is unsaved, closing or leaving the page asks first: drafts live in the tab, and end with it.
 * It listens only that long, since a listener alone keeps some browsers from going back to a page quickly. Returns how
 * to end it.
 */
export function warnBeforeUnload(drafts: Pick<DraftStore, 'mayLeave' | 'subscribe'>, page: EventTarget): () => void {
  const ask = (event: Event) => event.preventDefault();
  const syncListener = () => {
    if (drafts.mayLeave()) page.removeEventListener('beforeunload', ask);
    else page.addEventListener('beforeunload', ask);
  };
  syncListener();
  const unsubscribe = drafts.subscribe(syncListener);
  return () => {
    unsubscribe();
    page.removeEventListener('beforeunload', ask);
  };
}
