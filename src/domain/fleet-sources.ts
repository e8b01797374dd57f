import type { ListedCluster, ListedJob, LiveNode, StateCluster, SummaryNodes, Supervisor } from './sources.ts';
import type { SourceState } from './sourced.ts';

/** The state of every source that the fleet is joined from. Replies to writes may have updated `list`; it then arrived when they did. */
export interface FleetSources {
  readonly list: SourceState<readonly ListedCluster[]>;
  readonly liveness: SourceState<ReadonlyMap<string, LiveNode>>;
  readonly state: SourceState<readonly StateCluster[]>;
  readonly summary: SourceState<SummaryNodes>;
  readonly actors: SourceState<readonly Supervisor[]>;
  readonly jobs: SourceState<readonly ListedJob[]>;
}
