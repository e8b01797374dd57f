import { revisionTime, type Revision } from '../../../domain/revision.ts';
import { useAtServerTime } from '../../api/console.tsx';
import { text } from '../../text/text.ts';
import { agoInMinutesText, fullTimeText } from '../../ui/time-text.ts';
import classes from './cluster-row.module.css';

/** The revision as a time, with the whole revision as the title; as it is where it is not a time. */
export function RevisionAge({ revision }: { readonly revision: Revision }) {
  const at = revisionTime(revision);
  const title = text.clusters.revisionTitle(revision, at === null ? null : fullTimeText(at));
  const label = useAtServerTime(10_000, (now) => (at === null ? revision : agoInMinutesText(at, now)));
  if (at === null) {
    return (
      <span className={classes['rawRevision']} title={title}>
        {label}
      </span>
    );
  }
  return (
    <time dateTime={new Date(at).toISOString()} title={title} data-full={fullTimeText(at)}>
      {label}
    </time>
  );
}
