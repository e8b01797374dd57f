import classes from './kind-cards.module.css';

const columns = [0, 1, 2, 3];
const rows = [0, 1];

/** Eight nodes in a virtual cluster; divisible, with a fence around those of each job. */
export function KindDrawing({ divisible }: { readonly divisible: boolean }) {
  return (
    <svg className={classes['drawing']} viewBox="0 0 96 48" width="96" height="48" aria-hidden="true">
      <rect x="1" y="1" width="94" height="46" rx="5" className={classes['outline']} />
      {divisible ? (
        <>
          <rect x="6" y="6" width="40" height="36" rx="4" className={classes['job']} data-job="first" />
          <rect x="50" y="6" width="40" height="36" rx="4" className={classes['job']} data-job="second" />
        </>
      ) : (
        <rect x="6" y="6" width="84" height="36" rx="4" className={classes['job']} data-job="both" />
      )}
      {columns.flatMap((column) =>
        rows.map((row) => (
          <rect
            key={`${String(column)}-${String(row)}`}
            x={12 + column * 18 + (column > 1 ? 8 : 0)}
            y={11 + row * 15}
            width="11"
            height="11"
            rx="2"
            className={classes['node']}
          />
        )),
      )}
    </svg>
  );
}
