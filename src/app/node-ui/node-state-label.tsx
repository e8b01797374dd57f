import { cellStates, type CellCode } from '../../contract/map.ts';
import { text } from '../text/text.ts';
import { NodeStateIcon } from './node-state-icon.tsx';
import classes from './node-state-label.module.css';

/** What a node does, in a word beside a mark; where that needs explaining, it is explained. */
export function NodeStateLabel({ cell }: { readonly cell: CellCode }) {
  const state = cellStates[cell];
  const why = state === 'idle' || state === 'busy' || state === 'dead' ? null : text.map.stateMeans[state];
  return (
    <span className={classes['state']} data-state={state} title={why ?? undefined}>
      <NodeStateIcon kind={state} />
      {text.map.state[state]}
      {why !== null && <span className="visually-hidden">. {why}</span>}
    </span>
  );
}
