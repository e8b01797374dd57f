import type { VirtualCluster } from '../../domain/fleet.ts';
import { json, quoted } from './shell-words.ts';

/**
 * The command that submits a job to a virtual cluster, by Ray's own command line; a line for a POSIX shell. `rayAddress`: where
 * that command line reaches Ray. A job in a divisible cluster gets nodes of its own (fact 22), so it has to say which: one
 * node of each template that the cluster holds, to be changed by whoever pastes it.
 */
export function submitCommand(
  rayAddress: string,
  {
    id,
    divisible,
    templates,
  }: Pick<VirtualCluster, 'id' | 'divisible'> & {
    readonly templates: readonly { readonly templateId: string }[];
  },
): string {
  const replicaSets = Object.fromEntries(templates.map(({ templateId }) => [templateId, 1]));
  const words = [
    'ray job submit',
    `--address ${quoted(rayAddress)}`,
    `--virtual-cluster-id ${quoted(id)}`,
    ...(divisible ? [`--replica-sets ${quoted(json(replicaSets))}`] : []),
    '-- python my_job.py',
  ];
  return words.join(' ');
}
