/**
 * Returns a function that reports whether the user was active in this tab since its last call: a session is extended by
 * activity, not by a page left open. Opening the page counts.
 */
export function trackActivity(target: Pick<EventTarget, 'addEventListener'>): () => boolean {
  let wasActive = true;
  for (const name of ['pointerdown', 'keydown'])
    target.addEventListener(name, () => (wasActive = true), { passive: true, capture: true });
  return () => {
    const was = wasActive;
    wasActive = false;
    return was;
  };
}
