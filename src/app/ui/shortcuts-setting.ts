const NAME = 'virtual-cluster-console.shortcuts';

/** Whether keys without Ctrl, ⌘ or Alt mean something on the page. Who speaks to the machine switches them off. */
export function areShortcutsOn(): boolean {
  try {
    return window.localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}

/** Remembered in this browser, unless it forbids that. */
export function setShortcutsOn(on: boolean): void {
  try {
    window.localStorage.setItem(NAME, on ? 'on' : 'off');
  } catch {
    // Then it holds for no longer than this page would remember.
  }
}
