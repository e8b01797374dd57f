import { cellStates, shownState, type ShownState } from '../../contract/map.ts';
import type { NodeRow } from '../../contract/nodes.ts';
import { text } from '../text/text.ts';
import { Explained } from '../ui/explained.tsx';
import { NodeStateIcon } from './node-state-icon.tsx';
import classes from './node-state-label.module.css';

const isSelfExplanatory: Readonly<Record<ShownState, boolean>> = {
  used: true,
  reserved: false,
  idle: true,
  free: true,
  dead: true,
  alive: false,
  arriving: false,
  unknown: false,
};

/** A node's state as an icon and a word, with an explanation of the less obvious states. */
export function NodeStateLabel({ node }: { readonly node: Pick<NodeRow, 'cell' | 'clusterId' | 'jobClusterId'> }) {
  const state = shownState(cellStates[node.cell], node);
  const why = isSelfExplanatory[state] ? null : text.map.stateMeans[state];
  return (
    <Explained className={classes['state']} data-state={state} why={why}>
      <NodeStateIcon kind={state} />
      {text.map.state[state]}
    </Explained>
  );
}
