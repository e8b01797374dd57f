import { revisionTime, type Revision } from '../../../domain/revision.ts';
import { Ago } from '../../api/ago.tsx';
import { text } from '../../text/text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Term } from '../../ui/term.tsx';
import classes from './history.module.css';

/** A revision as a time and digit for digit, with what changes it: not only edits do (fact 6). */
export function RevisionLine({ revision }: { readonly revision: Revision }) {
  const words = text.panel;
  const at = revisionTime(revision);
  return (
    <p className={classes['revision']}>
      <Term of="revision">{words.lastRevision}</Term> {at === null ? words.revisionIsNoTime : <Ago at={at} />}{' '}
      <code>{revision}</code>
      <CopyButton value={revision} what={words.revisionDigits} />
    </p>
  );
}
