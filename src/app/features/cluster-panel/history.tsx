import { useQuery } from '@tanstack/react-query';
import type { Change } from '../../../contract/change.ts';
import { useConsole } from '../../api/console.tsx';
import { changesQuery } from '../../api/queries.ts';
import { CheckAgainButton, isUnsettled } from '../../changes/check-again-button.tsx';
import { clusterJournalPath } from '../../routing/journal-filter.ts';
import { OutcomeLabel } from '../../changes/outcome-label.tsx';
import { UndoControl } from '../../drafts/undo-control.tsx';
import { changeSummaryText } from '../../changes/change-summary-text.ts';
import { text } from '../../text/text.ts';
import { Ago } from '../../api/ago.tsx';
import { Link } from '../../routing/link.tsx';
import classes from './history.module.css';
import { MovedNodes } from '../../changes/moved-nodes.tsx';
import { resultText } from '../../changes/result-text.ts';
import { Section } from './section.tsx';

/** How many changes the panel shows; the journal shows all. */
const SHOWN = 5;

/** The newest changes of one virtual cluster and its job clusters. */
export function History({ clusterId }: { readonly clusterId: string }) {
  const words = text.panel.history;
  const { api } = useConsole();
  const { data, error } = useQuery(changesQuery(api, clusterId));
  return (
    <Section title={words.title}>
      {error !== null && <p role="alert">{words.failed(error.message)}</p>}
      {data?.changes.length === 0 && <p className="quiet">{words.none}</p>}
      {data !== undefined && data.changes.length > 0 && (
        <ol className={`plain-list ${classes['list'] ?? ''}`} aria-label={words.list}>
          {data.changes.slice(0, SHOWN).map((change, index) => (
            <Item key={change.id} change={change} isNewest={index === 0} />
          ))}
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

function Item({ change, isNewest }: { readonly change: Change; readonly isNewest: boolean }) {
  const isApplied = change.result?.kind === 'applied';
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['when']}>
          <Ago at={change.askedAt} />
        </span>
        <span className={classes['who']}>{change.who}</span>
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
