import type { SourceHealth } from '../../contract/fleet.ts';
import { perSource, type SourceName } from '../../domain/sourced.ts';
import type { SourceStatesStore } from './source-states.ts';

/** The health of each source, for the screen. */
export function sourceHealthOf(sources: Pick<SourceStatesStore, 'all' | 'took'>): Record<SourceName, SourceHealth> {
  const states = sources.all();
  return perSource((name): SourceHealth => {
    const { last, failure } = states[name];
    const took = sources.took(name);
    return {
      readAt: last?.begunAt ?? null,
      failure,
      ...(last?.fromCache === true ? { fromCache: true } : {}),
      ...(took === null ? {} : { took }),
    };
  });
}
