/** The keys that work on the whole page, in the order of the shortcut sheet. */
export const shortcutNames = [
  'palette',
  'find',
  'create',
  'edit',
  'overview',
  'clusters',
  'nodes',
  'journal',
  'usage',
  'plans',
  'view',
  'help',
] as const;
export type ShortcutName = (typeof shortcutNames)[number];

/**
 * What is pressed, one key after the other; `Mod` is ⌘ on a Mac and Ctrl elsewhere. Keys of one control, such as the map's,
 * are that control's own.
 */
export const shortcuts: Readonly<Record<ShortcutName, string>> = {
  palette: 'Mod k',
  find: '/',
  create: 'n',
  edit: 'e',
  overview: 'g o',
  clusters: 'g c',
  nodes: 'g m',
  journal: 'g j',
  usage: 'g u',
  plans: 'g p',
  view: 't',
  help: '?',
};

/** How long the second key of a pair is waited for, ms. */
const SECOND_KEY_MS = 1_500;

/** The first key of a pair, and when it was pressed. */
export interface FirstKey {
  readonly key: string;
  readonly at: number;
}

/** What a key without modifiers means after the ones before it. `at`: ms, on any clock. */
export function readKey(
  first: FirstKey | null,
  key: string,
  at: number,
): { readonly hit: ShortcutName | null; readonly first: FirstKey | null } {
  const isPair = first !== null && at - first.at <= SECOND_KEY_MS;
  const typed = isPair ? `${first.key} ${key}` : key;
  const hit = shortcutNames.find((name) => shortcuts[name] === typed);
  if (hit !== undefined) return { hit, first: null };
  // A key that completes no pair counts by itself.
  if (isPair) return readKey(null, key, at);
  return { hit: null, first: shortcutNames.some((name) => shortcuts[name].startsWith(`${key} `)) ? { key, at } : null };
}
