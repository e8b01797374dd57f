import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import { movesByTemplate, type MovePart } from './plan-moves.ts';
import classes from './plans.module.css';

/** The most parts of a side that are drawn one by one. */
const MAX_PARTS = 6;

/** Where nodes come from and where they go, by template: two bars of the same nodes. */
export function PlanMap({ steps }: { readonly steps: readonly PlanStep[] }) {
  const words = plansText.map;
  const moves = movesByTemplate(steps);
  if (moves.length === 0) return null;
  return (
    <section aria-labelledby="plan-map" className={classes['section']}>
      <h2 id="plan-map">{words.title}</h2>
      <ul className={`plain-list ${classes['bars'] ?? ''}`}>
        {moves.map(({ templateId, from, to }) => (
          <li
            key={templateId}
            className={classes['move']}
            aria-label={words.barLabel(templateId, listed(from), listed(to))}
          >
            <span className={classes['template']}>{templateId}</span>
            <span className={classes['sides']} aria-hidden="true">
              <Side label={words.from} parts={from} />
              <Side label={words.to} parts={to} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ label, parts }: { readonly label: string; readonly parts: readonly MovePart[] }) {
  const words = plansText.map;
  const [shown, more] = [parts.slice(0, MAX_PARTS), parts.slice(MAX_PARTS)];
  const rest = more.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <span className="quiet">{label}</span>
      <span className={classes['side']}>
        {shown.map((part) => (
          <span
            key={part.clusterId}
            className={classes['part']}
            data-pool={part.clusterId === null}
            style={{ flexGrow: part.count }}
            title={partText(part)}
          >
            {partText(part)}
          </span>
        ))}
        {more.length > 0 && (
          <span className={classes['part']} style={{ flexGrow: rest }} title={listed(more)}>
            {words.others(more.length, rest)}
          </span>
        )}
      </span>
    </>
  );
}

function partText({ clusterId, count }: MovePart): string {
  return plansText.map.part(clusterId === null ? plansText.map.pool : readableClusterId(clusterId), count);
}

function listed(parts: readonly MovePart[]): string {
  return text.joins.list(parts.map(partText));
}
