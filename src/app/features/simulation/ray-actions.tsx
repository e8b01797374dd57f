import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../../text/text.ts';
import { ActionButton, ActionGroup, type ActionGroupProps } from './action-group.tsx';
import { advanceClock, injectFault, letDayPass, reset, restart, setUnreachable } from './actions.ts';
import classes from './simulation.module.css';
import { SelectField } from '../../ui/select-field.tsx';

const { ray: rayWords, reset: resetWords } = text.simulation;
const scenarios = Object.entries(resetWords.scenarios).map(([value, label]) => ({ value, label }));
const MAX_SEED = 4_294_967_295;

/** Faults of Ray as a whole, or of the connection to it. */
export function RayActions({ summary, run }: ActionGroupProps) {
  const { away, faults } = summary;
  return (
    <ActionGroup title={rayWords.title}>
      <div className={classes['actions']}>
        <ActionButton label={away ? rayWords.comeBack : rayWords.goAway} act={() => void run(setUnreachable(!away))} />
        <ActionButton label={rayWords.loseReply} act={() => void run(injectFault(faults, 'loseReply'))} />
        <ActionButton label={rayWords.loseRequest} act={() => void run(injectFault(faults, 'loseRequest'))} />
        <ActionButton label={rayWords.stale} act={() => void run(injectFault(faults, 'stale'))} />
        <ActionButton label={rayWords.restart} act={() => void run(restart)} />
        <ActionButton label={rayWords.clock} act={() => void run(advanceClock)} />
        <ActionButton label={rayWords.day} title={rayWords.dayHelp} act={() => void run(letDayPass)} />
      </div>
    </ActionGroup>
  );
}

/** Starts another fleet; the same scenario and seed replay the same events. */
export function ResetForm({ summary, run }: ActionGroupProps) {
  const [scenario, setScenario] = useState(summary.scenario ?? 'demo');
  const [typedSeed, setTypedSeed] = useState(String(summary.seed));
  const seed = /^\d{1,10}$/.test(typedSeed) && Number(typedSeed) <= MAX_SEED ? Number(typedSeed) : null;
  return (
    <ActionGroup title={resetWords.title}>
      <SelectField
        label={resetWords.scenario}
        data={scenarios}
        value={scenario}
        onChange={(event) => setScenario(event.currentTarget.value)}
      />
      <div className={classes['fields']}>
        <TextInput
          size="xs"
          label={resetWords.seed}
          inputMode="numeric"
          value={typedSeed}
          error={seed === null ? resetWords.seedWrong : null}
          onChange={(event) => setTypedSeed(event.currentTarget.value)}
        />
        <ActionButton label={resetWords.reset} act={() => seed !== null && void run(reset(scenario, seed))} />
      </div>
    </ActionGroup>
  );
}
