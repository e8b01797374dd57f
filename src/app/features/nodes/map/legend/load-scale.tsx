import { text } from '../../../../text/text.ts';
import classes from './legend.module.css';

const SHARES = [0, 0.25, 0.5, 0.75, 1] as const;
const SIDE = 10;
const STEP = SIDE + 3;

/** How a node's fill shows its load, from none to all. */
export function LoadScale() {
  const words = text.map.loadScale;
  return (
    <span className={classes['scale']}>
      {words.from}
      <svg width={SHARES.length * STEP - 2} height={SIDE + 1} aria-hidden="true">
        {SHARES.map((share, index) => (
          <g key={share} transform={`translate(${String(index * STEP + 0.5)} 0.5)`}>
            <rect className={classes['ground']} width={SIDE} height={SIDE} rx="1.5" />
            <rect className={classes['fill']} y={SIDE * (1 - share)} width={SIDE} height={SIDE * share} />
            <rect className={classes['edge']} width={SIDE} height={SIDE} rx="1.5" />
          </g>
        ))}
      </svg>
      {words.to}
    </span>
  );
}
