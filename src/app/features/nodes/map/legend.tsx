import { NodeStateIcon } from '../../../node-ui/node-state-icon.tsx';
import { text } from '../../../text/text.ts';
import classes from './map-screen.module.css';
import { SHOWN_STATES } from '../../../routing/map-query.ts';
import type { ShownState } from '../../../../contract/map.ts';
import { codeOf, countByCode, type MapModel } from './map-model.ts';

interface LegendProps {
  readonly model: MapModel;
  /** Why dead nodes are not counted; null where they are. */
  readonly whyDeadNotCounted: string | null;
  /** The highlighted states; empty if all are. */
  readonly shown: readonly ShownState[];
  readonly change: (shown: readonly ShownState[]) => void;
}

/** The meaning and count of each state's icon; each entry toggles whether only its nodes are highlighted. */
export function Legend({ model, whyDeadNotCounted, shown, change }: LegendProps) {
  const counts = countByCode(model);
  const words = text.map;
  return (
    <div className={classes['legend']} role="group" aria-label={words.legend}>
      {SHOWN_STATES.map((state) => ({ state, count: counts[codeOf(state)] ?? 0, isOn: shown.includes(state) }))
        // "Alive" applies only where it isn't known what nodes are used for.
        .filter(({ state, count, isOn }) => state !== 'alive' || count > 0 || isOn)
        .map(({ state, count, isOn }) => (
          <button
            key={state}
            type="button"
            className={classes['state']}
            aria-pressed={isOn}
            title={state === 'dead' && whyDeadNotCounted !== null ? whyDeadNotCounted : words.stateMeans[state]}
            onClick={() =>
              change(
                isOn
                  ? shown.filter((each) => each !== state)
                  : SHOWN_STATES.filter((each) => each === state || shown.includes(each)),
              )
            }
          >
            <NodeStateIcon kind={state} />
            {state === 'dead' && whyDeadNotCounted !== null
              ? words.deadNotCounted(count)
              : words.legendItem(state, count)}
          </button>
        ))}
    </div>
  );
}
