import type { PlanForecast } from '../../../domain/plan/preview.ts';
import { countText } from '../../text/en/count-text.ts';
import { plansText } from '../../text/plans-text.ts';
import classes from './plans.module.css';

/** The free nodes of each template that a plan touches, before its steps that are left and after. */
export function PlanBars({ templates }: Pick<PlanForecast, 'templates'>) {
  const words = plansText;
  const most = Math.max(1, ...templates.flatMap(({ before, after }) => [before ?? 0, after ?? 0]));
  const width = (count: number | null) => ({ width: `${String((Math.max(0, count ?? 0) / most) * 100)}%` });
  // Below zero: nodes that dead members wait for, or that are lacking. A text beside it says so.
  const countOrUnknown = (count: number | null) => (count === null ? words.unknown : countText(Math.max(0, count)));
  return (
    <section aria-labelledby="plan-effect" className={classes['section']}>
      <h2 id="plan-effect">{words.effect}</h2>
      <ul className={`plain-list ${classes['bars'] ?? ''}`}>
        {templates.map(({ templateId, before, after, shortage }) => (
          <li
            key={templateId}
            className={classes['bar']}
            aria-label={words.bar(templateId, countOrUnknown(before), countOrUnknown(after))}
          >
            <span className={classes['template']}>{templateId}</span>
            <span className={classes['measures']} aria-hidden="true">
              {(
                [
                  [words.before, before],
                  [words.after, after],
                ] as const
              ).map(([label, count]) => (
                <span key={label} className={classes['measure']}>
                  <span className="quiet">{label}</span>
                  <span className={classes['track']}>
                    <span className={classes['fill']} style={width(count)} />
                  </span>
                  <span className={classes['count']}>{countOrUnknown(count)}</span>
                </span>
              ))}
            </span>
            {shortage > 0 && <strong className={classes['lacks']}>{words.short(shortage)}</strong>}
          </li>
        ))}
      </ul>
    </section>
  );
}
