import { useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { UsageSummaryRow } from '../../../contract/usage.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { usageText } from '../../text/usage-text.ts';
import { idleText } from '../../usage-ui/chart-words.ts';
import { GiveBackControl } from './give-back-control.tsx';
import { seenText } from './seen-text.ts';
import { idleCapacity } from './summary-rows.ts';
import classes from './usage-page.module.css';

/** Rows at first, and more each time. */
const SHOWN = 8;

interface IdleCapacityProps {
  readonly rows: readonly UsageSummaryRow[];
  /** The range, ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Nodes that nobody needed in the range, most first, each with the way to give them back. */
export function IdleCapacity({ rows, from, to }: IdleCapacityProps) {
  const words = usageText.idle;
  const [shown, setShown] = useState(SHOWN);
  const found = idleCapacity(rows);
  const rest = found.length - shown;
  return (
    <section className={classes['section']} aria-labelledby="idle-capacity">
      <h2 id="idle-capacity">{words.title}</h2>
      <p className="quiet">{found.length === 0 ? words.none : words.intro}</p>
      {found.length > 0 && (
        <ul className={`plain-list ${classes['idle'] ?? ''}`} aria-label={words.list}>
          {found.slice(0, shown).map(({ clusterId, templateId, neverNeeded, held, seenMinutes, idleSince }) => (
            <li key={`${clusterId} ${templateId}`} className={classes['idleRow']}>
              <Link href={pathTo.cluster(clusterId)} className={classes['id']}>
                {readableClusterId(clusterId)}
              </Link>
              <span>
                {rowText(words.row(neverNeeded, held, templateId), seenText(seenMinutes, to - from))}
                {idleSince !== null && (
                  <>
                    {' '}
                    <span className={`quiet ${classes['idleFor'] ?? ''}`}>
                      · {words.idleFor(idleText(to - idleSince))}
                    </span>
                  </>
                )}
              </span>
              <GiveBackControl clusterId={clusterId} templateId={templateId} count={neverNeeded} />
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && (
        <p>
          <button type="button" className="link-button" onClick={() => setShown(shown + 50)}>
            {words.more(rest)}
          </button>
        </p>
      )}
    </section>
  );
}

function rowText(row: string, seen: string | null): string {
  return seen === null ? row : usageText.idle.rowSeen(row, seen);
}
