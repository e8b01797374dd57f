import { isMac } from './platform.ts';
import { areShortcutsOn } from './shortcuts-setting.ts';

/** Whether a key press on this element types text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** What has keys of its own, or must not be left by one. */
const OWN_KEYS = '[role="dialog"] *, [role="menu"] *, [role="listbox"] *';

/** Whether the key may mean something to the page: no modifier, nothing is typed, no dialog is open, and not switched off. */
export function isPageKey(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !event.isComposing &&
    !event.repeat &&
    !event.defaultPrevented &&
    !isTyping(target) &&
    !(target instanceof HTMLElement && target.matches(OWN_KEYS)) &&
    document.querySelector('[aria-modal="true"]') === null &&
    areShortcutsOn()
  );
}

/**
 * Ctrl K, or ⌘ K on a Mac, where Ctrl K deletes the rest of a line. Works while something is typed, and not over a dialog.
 */
export function isPaletteKey(event: KeyboardEvent): boolean {
  const isMod = isMac() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return (
    isMod &&
    !event.altKey &&
    !event.shiftKey &&
    event.key.toLowerCase() === 'k' &&
    !event.defaultPrevented &&
    document.querySelector('[aria-modal="true"]') === null
  );
}

/** Whether this key was pressed as a shortcut of the page. */
export function isShortcut(event: KeyboardEvent, key: string): boolean {
  return event.key === key && isPageKey(event);
}
