import type { ShownState } from '../../../../../contract/map.ts';
import { SHOWN_STATES, type Colouring } from '../../../../routing/map-query.ts';
import { text } from '../../../../text/text.ts';
import { Term } from '../../../../ui/term.tsx';
import { LegendState } from './legend-state.tsx';
import classes from './legend.module.css';
import { LoadScale } from './load-scale.tsx';
import { codeOf, countByCode, nodeCountIn, type MapModel } from '../layout/map-model.ts';

interface LegendProps {
  readonly model: MapModel;
  /** Why dead nodes are not counted; null where they are. */
  readonly whyDeadNotCounted: string | null;
  readonly colouring: Colouring;
  /** The highlighted states; empty if all are. */
  readonly shown: readonly ShownState[];
  readonly change: (shown: readonly ShownState[]) => void;
}

/** The meaning and count of each state's icon, in the colours that the map has; each entry toggles whether only its nodes are highlighted. */
export function Legend({ model, whyDeadNotCounted, colouring, shown, change }: LegendProps) {
  // Before the first answer nothing is counted: not even that there is none.
  const counts = model.version === null ? null : countByCode(model);
  return (
    <div className={classes['legend']} role="group" aria-label={text.map.legend} data-colouring={colouring}>
      <span className={classes['held']}>
        <Term of="held">{text.map.held(counts === null ? null : heldIn(model))}</Term>
      </span>
      {SHOWN_STATES.map((state) => ({
        state,
        count: counts === null ? null : (counts[codeOf(state)] ?? 0),
        isOn: shown.includes(state),
      }))
        // "Alive" applies only where it isn't known what nodes are used for.
        .filter(({ state, count, isOn }) => state !== 'alive' || (count ?? 0) > 0 || isOn)
        .map(({ state, count, isOn }) => (
          <LegendState
            key={state}
            state={state}
            count={count}
            whyNotCounted={state === 'dead' && count !== null ? whyDeadNotCounted : null}
            isOn={isOn}
            toggle={() =>
              change(
                isOn
                  ? shown.filter((each) => each !== state)
                  : SHOWN_STATES.filter((each) => each === state || shown.includes(each)),
              )
            }
          />
        ))}
      <LoadScale />
    </div>
  );
}

/** How many nodes are held by virtual clusters. */
function heldIn({ sections }: MapModel): number {
  return [...sections.values()].reduce(
    (sum, section) => sum + (section.clusterId === null ? 0 : nodeCountIn(section)),
    0,
  );
}
