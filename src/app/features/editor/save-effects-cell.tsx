import { text } from '../../text/text.ts';
import { isWarning, type SaveEffect } from './save-effects.ts';
import classes from './template-rows.module.css';

/** Never alone on a line: the space before it does not break. */
const WARNING = '\u00a0⚠';

/** The effects of a save on a template, as text; those that need a second look are also marked. */
export function SaveEffectsCell({ notes }: { readonly notes: readonly SaveEffect[] }) {
  return (
    <>
      {notes.map((note, index) => (
        <span key={note.kind} className={classes['note']} data-warning={isWarning(note)} title={reasonOf(note)}>
          {index > 0 && ' · '}
          {wordsFor(note)}
          {isWarning(note) && <span aria-hidden="true">{WARNING}</span>}
        </span>
      ))}
    </>
  );
}

function reasonOf(note: SaveEffect): string | undefined {
  return 'why' in note ? text.facts.why(note.why.source, note.why.reason) : undefined;
}

function wordsFor(note: SaveEffect): string {
  const words = text.editor.willDo;
  switch (note.kind) {
    case 'takes':
      return note.atMost === null ? words.takes(note.count) : words.takesAtMost(note.count, note.atMost);
    case 'takes-unknown':
      return words.takesUnknown(note.count);
    case 'short':
      return [
        words.short(note.count, note.atLeast),
        ...note.idleElsewhere.map(({ clusterId, idle }) => words.idle(clusterId, idle)),
      ].join(' · ');
    case 'goes-back':
      return note.isDoubtful ? words.goesBackDoubtful(note.count) : words.goesBack(note.count);
    case 'kept':
      return words.kept(note);
    case 'waited-for':
      return words.waitedFor(note);
    case 'keeps-theirs':
      return words.keepsTheirs(note.count);
    case 'undecided':
      return words.undecided(note.mine, note.theirs);
    case 'jobs-at-risk':
      return words.jobsAtRisk(note.count);
    case 'jobs-unknown':
      return words.jobsUnknown;
    case 'head':
      return words.head;
    case 'no-node':
      return words.noNode;
    case 'dead':
      return words.dead(note.count);
  }
}
