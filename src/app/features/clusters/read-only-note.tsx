import type { Session } from '../../../contract/session.ts';
import { text } from '../../text/text.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './cluster-list.module.css';

/** That this person, or anybody, may change nothing here, and why: on one line, whatever the list's width. */
export function ReadOnlyNote({ session }: { readonly session: Pick<Session, 'mayWrite' | 'mayNotWriteBecause'> }) {
  if (session.mayWrite) return null;
  const why = session.mayNotWriteBecause ?? text.clusters.readOnly.detail;
  return (
    <div className={classes['readOnly']} title={why}>
      <Notice kind="info" title={text.clusters.readOnly.title}>
        {why}
      </Notice>
    </div>
  );
}
