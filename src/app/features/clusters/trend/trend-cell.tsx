import { useAtServerTime } from '../../../api/console.tsx';
import { usageText } from '../../../text/usage-text.ts';
import { idleText } from '../../../usage-ui/chart-words.ts';
import type { Trend } from '../list-columns.ts';
import { trendPath } from './trend-path.ts';
import classes from './trend.module.css';

const WIDTH = 64;
const HEIGHT = 20;

/** Below this it may only be between two jobs. */
const MIN_IDLE_SHOWN = 24 * 60 * 60_000;

/** The last 7 days of a virtual cluster: held as a line, used filled below it, and how long all of it has been idle. */
export function TrendCell({ trend: { held, used, idleSince } }: { readonly trend: Trend }) {
  const idle = useAtServerTime(60_000, (now) =>
    idleSince === null || now - idleSince < MIN_IDLE_SHOWN ? '' : usageText.idleFor(idleText(now - idleSince)),
  );
  const most = greatest(held);
  const box = { width: WIDTH, height: HEIGHT, most };
  const label = usageText.trend(Math.ceil(greatest(used)), Math.ceil(most));
  return (
    <span className={classes['trend']}>
      <svg
        role="img"
        aria-label={label}
        className={classes['line']}
        width={WIDTH}
        height={HEIGHT + 2}
        viewBox={`0 -1 ${String(WIDTH)} ${String(HEIGHT + 2)}`}
      >
        <title>{label}</title>
        <path className={classes['used']} d={trendPath(used, { ...box, isFilled: true })} />
        <path className={classes['held']} d={trendPath(held, { ...box, isFilled: false })} />
      </svg>
      {idle !== '' && <span className={classes['idle']}>{idle}</span>}
    </span>
  );
}

function greatest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
