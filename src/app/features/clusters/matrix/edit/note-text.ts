import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import { matrixEditText } from '../../../../text/matrix-edit-text.ts';
import type { SheetNote } from './sheet-state.ts';

/** What an action did, for a screen reader. */
export function noteText(note: SheetNote): string {
  const words = matrixEditText.note;
  switch (note.kind) {
    case 'staged':
      return words.staged(readableClusterId(note.clusterId), note.templateId, note.count);
    case 'changed':
      return words.changed(note.cells, note.skipped);
    case 'taken-back':
    case 'copied':
      return words[note.kind](note.cells);
    case 'undone':
    case 'redone':
    case 'nothing-to-undo':
    case 'no-count-here':
    case 'other-names':
    case 'too-large-paste':
      return words[note.kind];
    case 'no-count':
      return matrixEditText.problem[note.problem];
    case 'denied':
      return note.reason;
  }
}

/** Of what was not done, or not all of it: why, for everybody; null: nothing was refused. */
export function refusalText(note: SheetNote): string | null {
  switch (note.kind) {
    case 'changed':
      return note.skipped > 0 ? noteText(note) : null;
    case 'no-count-here':
    case 'other-names':
    case 'too-large-paste':
    case 'no-count':
    case 'denied':
      return noteText(note);
    case 'staged':
    case 'taken-back':
    case 'copied':
    case 'undone':
    case 'redone':
    case 'nothing-to-undo':
      return null;
  }
}
