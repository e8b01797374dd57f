import type { VirtualCluster } from '../../domain/fleet.ts';
import type { Session } from '../../contract/session.ts';
import { json, quoted } from './shell-words.ts';

/**
 * The command that submits a job to a virtual cluster, by Ray's own command line; a line for a POSIX shell. `rayAddress`: where
 * that command line reaches Ray. A job in a divisible cluster gets nodes of its own (fact 22), so it has to say which: one
 * node of each template that the cluster holds, to be adapted after pasting.
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

/** Where people's shells reach Ray, as far as the console knows: as their browsers do, or as it does itself. */
export function submitAddress({ address, dashboardUrl, simulated }: Session['ray'], consoleOrigin: string): string {
  return dashboardUrl ?? (simulated ? `${consoleOrigin}/simulator/ray` : address);
}
