/**
 * Whether a person did something in this tab since it was last asked: sessions last while somebody works, not while a page is
 * left open. Opening the page counts.
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
