import { Fragment, useState } from 'react';
import { commands } from '../../text/commands.ts';
import { shownKeys } from '../../ui/keys.tsx';
import { OverlayDialog } from '../../ui/overlay-dialog.tsx';
import { areShortcutsOn, setShortcutsOn } from '../../ui/shortcuts-setting.ts';
import { shortcutNames, shortcuts } from '../../ui/shortcuts.ts';
import classes from './shortcut-sheet.module.css';

const words = commands.sheet;

/** Every key of the page, and the choice to switch single keys off (WCAG 2.1.4). */
export function ShortcutSheet({ close }: { readonly close: () => void }) {
  const [isOn, setOn] = useState(areShortcutsOn);

  function change(on: boolean) {
    setShortcutsOn(on);
    setOn(on);
  }

  const anywhere = shortcutNames.map((name) => [shortcuts[name], commands.shortcut[name]] as const);
  return (
    <OverlayDialog title={words.title} isWide close={close}>
      <div className={classes['sheet']}>
        <div className={classes['columns']}>
          <Section title={words.anywhere} rows={anywhere} />
          <Section title={words.list} rows={words.inList} />
          <Section title={words.matrix} rows={words.inMatrix} />
          <Section title={words.map} rows={words.onMap} />
          <Section title={words.forms} rows={words.inForms} />
        </div>
        <label className={classes['setting']}>
          <input type="checkbox" checked={isOn} onChange={(event) => change(event.currentTarget.checked)} />
          <span>
            {words.on}
            <span className={`quiet ${classes['detail'] ?? ''}`}>{words.onDetail}</span>
          </span>
        </label>
        <p>
          <a href={words.docsAddress} target="_blank" rel="noopener noreferrer">
            {words.docs}
            <span aria-hidden="true"> ↗</span>
          </a>
        </p>
      </div>
    </OverlayDialog>
  );
}

function Section({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly (readonly [keys: string, means: string])[];
}) {
  return (
    <section className={classes['section']}>
      <h3>{title}</h3>
      <dl className={classes['keys']}>
        {rows.map(([keys, means]) => (
          <Fragment key={keys}>
            <dt>
              {chordsOf(shownKeys(keys)).map((chord) => (
                <span key={chord.join(' ')} className={classes['chord']}>
                  {chord.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </dt>
            <dd>{means}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

const modifiers: ReadonlySet<string> = new Set(['Ctrl', '⌘', 'Shift']);

/** The keys that are pressed together, and so stand closer. */
function chordsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const chords: string[][] = [];
  for (const key of keys) {
    const chord = chords.at(-1);
    if (chord !== undefined && modifiers.has(chord.at(-1) ?? '')) chord.push(key);
    else chords.push([key]);
  }
  return chords;
}
