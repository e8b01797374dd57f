import classes from './keys.module.css';
import { isMac } from './platform.ts';
import { shortcuts, type ShortcutName } from './shortcuts.ts';

/** The keys of a shortcut, drawn; they are no part of the name of what they stand beside. */
export function Keys({ of }: { readonly of: ShortcutName }) {
  return (
    <span className={classes['keys']} aria-hidden="true">
      {shownKeys(shortcuts[of]).map((key) => (
        // Drawn by the styles, so that it is no part of a text that is searched for or copied.
        <kbd key={key} className={classes['key']} data-key={key} />
      ))}
    </span>
  );
}

/** The keys one by one, as this machine's keyboard names them. */
export function shownKeys(keys: string): readonly string[] {
  return keys.split(' ').map((key) => (key === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : key === 'k' ? 'K' : key));
}
