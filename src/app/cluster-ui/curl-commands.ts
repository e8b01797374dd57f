import { paths } from '../../contract/paths.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { Revision } from '../../domain/revision.ts';
import { json, quoted } from './shell-words.ts';

/** The body of a POST to Ray's API: the desired state of a virtual cluster, based on a revision. */
export interface CurlSave {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly revision: Revision;
}

/** Lists every virtual cluster; a line for a POSIX shell. `origin`: the console's, such as `http://127.0.0.1:8600`. */
export function curlListCommand(origin: string): string {
  return `curl -sS ${quoted(origin + paths.virtualClusters)}`;
}

/** Creates or updates one. The revision is written digit for digit, as a bare integer (fact 3). */
export function curlSaveCommand(origin: string, { clusterId, divisible, replicaSets, revision }: CurlSave): string {
  const fields = [
    `"virtualClusterId":${json(clusterId)}`,
    `"divisible":${String(divisible)}`,
    `"replicaSets":${json(replicaSets)}`,
    `"revision":${revision}`,
  ];
  const body = `{${fields.join(',')}}`;
  return `curl -sS -X POST ${quoted(origin + paths.virtualClusters)} -H 'Content-Type: application/json' --data-raw ${quoted(body)}`;
}

/** Deletes one, or releases a job's cluster (fact 23). */
export function curlDeleteCommand(origin: string, clusterId: string): string {
  return `curl -sS -X DELETE ${quoted(origin + paths.virtualCluster(clusterId))}`;
}
