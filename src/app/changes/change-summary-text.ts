import type { Change } from '../../contract/change.ts';
import { replicaSetsText } from './result-text.ts';
import { text } from '../text/text.ts';
import { summarizeChange } from './change-summary.ts';

/** What a change did, such as `4c8g 12 → 14`; what was requested, if it is not known to have been applied. */
export function changeSummaryText(change: Pick<Change, 'wanted' | 'before' | 'result' | 'cut'>): string {
  const words = text.journal.what;
  const done = change.result?.kind === 'applied' ? words : words.asked;
  const what = summarizeChange(change);
  switch (what.kind) {
    case 'created':
      return done.created(replicaSetsText(what.sets));
    case 'resized':
      return text.joins.list(what.rows.map((row) => words.resized(row.templateId, row.from, row.to)));
    case 'same':
      return done.same;
    case 'deleted':
      return done.deleted(what.sets === null ? null : replicaSetsText(what.sets));
    case 'released':
      return done.released(what.submissionId);
    case 'stopped':
      return done.stopped(what.submissionId);
    case 'deleted-when-idle':
      return done.deletedWhenIdle(replicaSetsText(what.sets));
    case 'cut':
      return words.cut(what.bytes);
  }
}
