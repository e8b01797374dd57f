import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text/text.ts';
import { MoveButton, MoveGroup, type MovesProps } from './move-group.tsx';
import { advanceClock, goWrong, reset, restart, setAway } from './moves.ts';
import classes from './simulation.module.css';

const { ray: rayWords, reset: resetWords } = text.simulation;
const scenarios = Object.entries(resetWords.scenarios).map(([value, label]) => ({ value, label }));
const MOST_SEED = 4_294_967_295;

/** What befalls the whole of Ray, or the way to it. */
export function RayMoves({ summary, make }: MovesProps) {
  const { away, faults } = summary;
  return (
    <MoveGroup title={rayWords.title}>
      <div className={classes['moves']}>
        <MoveButton label={away ? rayWords.comeBack : rayWords.goAway} act={() => void make(setAway(!away))} />
        <MoveButton label={rayWords.loseReply} act={() => void make(goWrong(faults, 'loseReply'))} />
        <MoveButton label={rayWords.loseRequest} act={() => void make(goWrong(faults, 'loseRequest'))} />
        <MoveButton label={rayWords.stale} act={() => void make(goWrong(faults, 'stale'))} />
        <MoveButton label={rayWords.restart} act={() => void make(restart)} />
        <MoveButton label={rayWords.clock} act={() => void make(advanceClock)} />
      </div>
    </MoveGroup>
  );
}

/** Another fleet, from the start: the same scenario and seed tell the same story. */
export function StartOver({ summary, make }: MovesProps) {
  const [scenario, setScenario] = useState(summary.scenario ?? 'demo');
  const [typedSeed, setTypedSeed] = useState(String(summary.seed));
  const seed = /^\d{1,10}$/.test(typedSeed) && Number(typedSeed) <= MOST_SEED ? Number(typedSeed) : null;
  return (
    <MoveGroup title={resetWords.title}>
      <NativeSelect
        size="xs"
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
        <MoveButton label={resetWords.reset} act={() => seed !== null && void make(reset(scenario, seed))} />
      </div>
    </MoveGroup>
  );
}
