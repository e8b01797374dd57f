import { useQuery } from '@tanstack/react-query';
import type { Change } from '../../../contract/change.ts';
import type { ProfileEdit } from '../../../contract/cluster-profile.ts';
import type { Revision } from '../../../domain/revision.ts';
import type { Observation } from '../../../contract/timeline.ts';
import { useConsole } from '../../api/console.tsx';
import { newestOfCluster } from '../../api/timeline-queries.ts';
import { CheckAgainButton, isUnsettled } from '../../changes/check-again-button.tsx';
import { clusterJournalPath } from '../../routing/journal-filter.ts';
import { OutcomeLabel } from '../../changes/outcome-label.tsx';
import { UndoControl } from '../../drafts/undo-control.tsx';
import { changeSummaryText } from '../../changes/change-summary-text.ts';
import { profileEditText } from '../../cluster-ui/profile-edit-text.ts';
import { sightingText } from '../../changes/sighting-text.ts';
import { text } from '../../text/text.ts';
import { ownerText } from '../../text/owner-text.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { Ago } from '../../api/ago.tsx';
import { Link } from '../../routing/link.tsx';
import classes from './history.module.css';
import { MovedNodes } from '../../changes/moved-nodes.tsx';
import { resultText } from '../../changes/result-text.ts';
import { RevisionLine } from './revision-line.tsx';
import { Section } from './section.tsx';
import { personText } from '../../ui/person-text.ts';

/** How many rows the panel shows; the journal shows all. */
const SHOWN = 5;

/** The newest changes of one virtual cluster, its owner and its job clusters, and what was seen of it. */
export function History({
  clusterId,
  revision,
}: {
  readonly clusterId: string;
  /** Null where Ray has no such virtual cluster. */
  readonly revision: Revision | null;
}) {
  const words = text.panel.history;
  const { api } = useConsole();
  const { data, error } = useQuery(newestOfCluster(api, clusterId, SHOWN));
  const newestChange = data?.entries.find(({ type }) => type === 'change');
  return (
    <Section title={words.title}>
      {revision !== null && <RevisionLine revision={revision} />}
      {error !== null && <p role="alert">{words.failed(error.message)}</p>}
      {data?.entries.length === 0 && <p className="quiet">{words.none}</p>}
      {data !== undefined && data.entries.length > 0 && (
        <ol className={`plain-list ${classes['list'] ?? ''}`} aria-label={words.list}>
          {data.entries.map((entry) => {
            switch (entry.type) {
              case 'change':
                return <ChangeItem key={entry.change.id} change={entry.change} isNewest={entry === newestChange} />;
              case 'edit':
                return <EditItem key={`edit ${String(entry.edit.version)}`} edit={entry.edit} />;
              case 'seen':
                return <SeenItem key={entry.seen.id} seen={entry.seen} />;
            }
          })}
        </ol>
      )}
      {/* Below what is still to come: it would be pushed away. */}
      {(data !== undefined || error !== null) && (
        <p>
          <Link href={clusterJournalPath(clusterId)}>{words.all}</Link>
        </p>
      )}
    </Section>
  );
}

function EditItem({ edit }: { readonly edit: ProfileEdit }) {
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['when']}>
          <Ago at={edit.at} />
        </span>
        <span className={classes['who']}>{personText(edit.who)}</span>
        <bdi className={classes['what']}>{profileEditText(edit)}</bdi>
        <span className="quiet">
          <span aria-hidden="true">✎</span> {ownerText.edits.set}
        </span>
      </div>
    </li>
  );
}

function SeenItem({ seen: { at, what } }: { readonly seen: Observation }) {
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['when']}>
          <Ago at={at} />
        </span>
        <span className={classes['what']}>{sightingText(what)}</span>
        <span className="quiet">
          <span aria-hidden="true">◉</span> {timelineText.seen.label}
        </span>
      </div>
    </li>
  );
}

function ChangeItem({ change, isNewest }: { readonly change: Change; readonly isNewest: boolean }) {
  const isApplied = change.result?.kind === 'applied';
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['when']}>
          <Ago at={change.askedAt} />
        </span>
        <span className={classes['who']}>{personText(change.who)}</span>
        <span className={classes['what']}>{changeSummaryText(change)}</span>
        <OutcomeLabel change={change} />
      </div>
      {!isApplied && <p className="quiet">{resultText(change.result).detail}</p>}
      {isUnsettled(change) && <CheckAgainButton changeId={change.id} />}
      <UndoControl change={change} place="journal" />
      {isNewest && isApplied && change.moved !== null && <MovedNodes moved={change.moved} />}
    </li>
  );
}
