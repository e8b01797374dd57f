import classes from './empty-list.module.css';

/** Columns of nodes: those of two virtual clusters, and those that are free. */
const groups = [
  { x: 4, columns: 3, of: 'first' },
  { x: 96, columns: 2, of: 'second' },
  { x: 164, columns: 3, of: 'free' },
] as const;
const rows = [0, 1, 2];
const STEP = 24;

/** A fleet with two virtual clusters and its free pool. */
export function FleetDrawing() {
  return (
    <svg className={classes['drawing']} viewBox="0 0 248 84" width="248" height="84" aria-hidden="true">
      {groups.map(({ x, columns, of }) => (
        <g key={of} data-of={of}>
          <rect x={x} y="2" width={columns * STEP + 8} height="80" rx="6" className={classes['fence']} />
          {Array.from({ length: columns }, (_, column) =>
            rows.map((row) => (
              <rect
                key={`${String(column)}-${String(row)}`}
                x={x + 8 + column * STEP}
                y={10 + row * STEP}
                width="16"
                height="16"
                rx="3"
                className={classes['node']}
              />
            )),
          )}
        </g>
      ))}
    </svg>
  );
}
