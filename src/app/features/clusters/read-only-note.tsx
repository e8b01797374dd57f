import { readOnlyReason } from '../../api/denial-reason.ts';
import { text } from '../../text/text.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './cluster-list.module.css';

/** That this person, or anybody, may change nothing here, and why: on one line, whatever the list's width. */
export function ReadOnlyNote({ session }: { readonly session: Parameters<typeof readOnlyReason>[0] }) {
  const why = readOnlyReason(session);
  if (why === null) return null;
  return (
    <div className={classes['readOnly']} title={why}>
      <Notice kind="info" title={text.clusters.readOnly.title}>
        {why}
      </Notice>
    </div>
  );
}
