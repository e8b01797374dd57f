/** Whether a key goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Whether this is a key that the page answers to wherever nothing is being typed: alone, without Ctrl, Meta or Alt. */
export function isShortcut(event: KeyboardEvent, key: string): boolean {
  return event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
}
