import type { Clock } from '../../../../../clock.ts';
import { createEmitter } from '../../../../../emitter.ts';
import type { MapUpdate } from '../../../../../contract/map.ts';
import { applyMap, emptyMap, type MapModel, type MapDelta } from '../layout/map-model.ts';

/** Keeps the map model up to date with the back end. */
export interface MapUpdates {
  readonly model: MapModel;
  /** Why the last request failed; null if it succeeded. */
  readonly failure: () => Error | null;
  /** Grows with every update, and when `failure` changes. */
  readonly revision: () => number;
  /** Fetches updates up to this version: one request at a time, and none before `start`. */
  follow(version: string): void;
  subscribe(callBack: (move: MapDelta | null) => void): () => void;
  /** Returns a function that stops it. */
  start(): () => void;
}

interface MapFeedParts {
  /** `wanted`: the version that the reply has at least. */
  readonly fetchUpdate: (since: string | null, signal: AbortSignal, wanted: string) => Promise<MapUpdate>;
  readonly clock: Clock;
}

/** The pause between a failed request and the next, ms. */
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
      // A reply has the newest state, so it may include versions requested meanwhile.
      while (wanted !== null && wanted !== model.version) {
        const askedFor: string = wanted;
        const update = await fetchUpdate(model.version, run.signal, askedFor);
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
      // Restarted meanwhile.
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
