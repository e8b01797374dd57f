import type { FleetNode } from '../../domain/fleet.ts';
import { text } from '../text/text.ts';
import { CellMark } from './cell-mark.tsx';
import classes from './node-state.module.css';

/** What a node does, in a word beside a mark; a word less when it isn't known whether it is busy. */
export function NodeStateMark({ node }: { readonly node: Pick<FleetNode, 'state' | 'busy'> }) {
  const state = wordOf(node);
  const why = state === 'unknown' || state === 'alive' ? text.nodes.stateMeans[state] : null;
  return (
    <span className={classes['state']} data-state={state} title={why ?? undefined}>
      <CellMark kind={state === 'alive' ? 'unknown' : state} />
      {text.nodes.state[state]}
      {why !== null && <span className="visually-hidden">. {why}</span>}
    </span>
  );
}

function wordOf({ state, busy }: Pick<FleetNode, 'state' | 'busy'>): keyof typeof text.nodes.state {
  if (state !== 'alive') return state;
  if (!busy.known) return 'alive';
  return busy.value ? 'busy' : 'idle';
}
