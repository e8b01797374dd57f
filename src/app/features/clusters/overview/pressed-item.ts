/** The item whose link was followed, and which one of the list's actions that was. */
export interface Pressed {
  readonly key: string;
  readonly index: number;
}

const NAME = 'pressed';

/** Keeps it in the page's entry of the history, to which the way back leads. */
export function notePressed(pressed: Pressed): void {
  const { state } = window.history;
  window.history.replaceState({ ...(isRecord(state) ? state : {}), [NAME]: pressed }, '');
}

/** The item from which the way back leads here, once; null where it leads from elsewhere. */
export function takePressed(): Pressed | null {
  const { state } = window.history;
  if (!isRecord(state) || !(NAME in state)) return null;
  const { [NAME]: pressed, ...others } = state;
  window.history.replaceState(Object.keys(others).length === 0 ? null : others, '');
  if (!isRecord(pressed)) return null;
  const { key, index } = pressed;
  return typeof key === 'string' && typeof index === 'number' ? { key, index } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
