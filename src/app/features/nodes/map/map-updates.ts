import type { Clock } from '../../../../clock.ts';
import { createEmitter } from '../../../../emitter.ts';
import type { MapUpdate } from '../../../../contract/map.ts';
import { applyMap, emptyMap, type MapModel, type MapDelta } from './map-model.ts';

/** The map as it is now, moved forward by the back end's word. */
export interface MapUpdates {
  readonly model: MapModel;
  /** Why the newest picture could not be had; null while it could. */
  readonly failure: () => Error | null;
  /** Grows with every picture, and when `failure` changes. */
  readonly revision: () => number;
  /** Asks for what is missing up to this version; one question at a time, and none before the start. */
  follow(version: string): void;
  subscribe(callBack: (move: MapDelta | null) => void): () => void;
  /** The result stops it. */
  start(): () => void;
}

interface MapFeedParts {
  readonly fetchUpdate: (since: string | null, signal: AbortSignal) => Promise<MapUpdate>;
  readonly clock: Clock;
}

/** How long after a failed question the next is asked, ms. */
export const RETRY_DELAY_MS = 3_000;

export function createMapUpdates({ fetchUpdate, clock }: MapFeedParts): MapUpdates {
  const model = emptyMap();
  const updates = createEmitter<MapDelta | null>();
  let stopping: AbortController | null = null;
  let wanted: string | null = null;
  let isAsking = false;
  let failure: Error | null = null;
  let steps = 0;
  let cancel: () => void = () => undefined;

  function tell(move: MapDelta | null): void {
    steps += 1;
    updates.emit(move);
  }

  async function catchUp(): Promise<void> {
    const run = stopping;
    if (isAsking || wanted === null || run === null) return;
    isAsking = true;
    cancel();
    try {
      // The answer is of the moment it was given: what was wanted meanwhile may be in it already.
      while (wanted !== null && wanted !== model.version) {
        const askedFor: string = wanted;
        const update = await fetchUpdate(model.version, run.signal);
        if (run.signal.aborted) return;
        const move = applyMap(model, update);
        failure = null;
        tell(move);
        if (wanted === askedFor) wanted = null;
      }
    } catch (error) {
      if (run.signal.aborted) return;
      failure = error instanceof Error ? error : new Error(String(error));
      tell(null);
      cancel = clock.after(RETRY_DELAY_MS, () => void catchUp());
    } finally {
      isAsking = false;
      // It was started anew meanwhile.
      if (run !== stopping) void catchUp();
    }
  }

  return {
    model,
    failure: () => failure,
    revision: () => steps,
    follow(version) {
      wanted = version;
      void catchUp();
    },
    subscribe: updates.subscribe,
    start() {
      const run = new AbortController();
      stopping = run;
      void catchUp();
      return () => {
        run.abort();
        cancel();
        if (stopping === run) stopping = null;
      };
    },
  };
}
