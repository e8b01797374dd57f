import type { SourceHealth } from '../../contract/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import { perSource } from '../../ray/client/sources.ts';
import type { SourceStates } from './source-states.ts';

/** The health of each source, for the screen. */
export function sourceHealthOf(states: SourceStates): Record<SourceName, SourceHealth> {
  return perSource((name): SourceHealth => {
    const { last, failure } = states[name];
    return { readAt: last?.begunAt ?? null, failure, ...(last?.fromCache === true ? { fromCache: true } : {}) };
  });
}
