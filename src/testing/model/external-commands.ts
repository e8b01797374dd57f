import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { stringifyJson } from '../../ray/exact-json.ts';
import { removeCluster, saveCluster } from '../../simulator/engine/clusters.ts';
import { addNode, killNode } from '../../simulator/engine/node-lifecycle.ts';
import { endJob, submitJob } from '../../simulator/engine/jobs.ts';
import { createRestartedWorld } from '../../simulator/engine/scenarios.ts';
import type { Cluster, Job, World as Ray } from '../../simulator/engine/world.ts';
import { sendOddSave } from './odd-saves.ts';
import { requestOrigin } from './ray-link.ts';
import { TEMPLATES, TOKEN_CLUSTERS, type InterleavedCommand, type Command } from './commands.ts';
import type { TestBed } from './test-bed.ts';

/** Applies a command that is not a user's on a page. `name` identifies the script, where the command is one. */
export function applyExternalCommand(testBed: TestBed, command: Command, name: string): void {
  const { simulation, consoles } = testBed;
  const ray = simulation.world();
  switch (command.kind) {
    case 'script-save':
      return saveAsScript(ray, command.cluster, command.divisible, command.counts);
    case 'script-delete':
      return void removeCluster(ray, command.cluster);
    case 'console-script': {
      const console = consoles[command.backend];
      const cluster = ray.clusters.get(command.cluster);
      if (console === undefined) return;
      console.rayLink.writeFaults.set(name, command.writes);
      const { token } = console;
      const headers = {
        'Content-Type': 'application/json',
        [CONSOLE_HEADER]: '1',
        ...(command.hasToken ? { Authorization: `Bearer ${token.value}` } : {}),
      };
      if (command.hasToken && (token.isWithdrawn || !TOKEN_CLUSTERS.some((each) => each === command.cluster)))
        testBed.deniedScripts.add(name);
      const replicaSets = Object.fromEntries(
        (command.counts ?? []).map((count, index) => [TEMPLATES[index] ?? '', count]),
      );
      const body = {
        virtualClusterId: command.cluster,
        divisible: cluster?.divisible ?? false,
        replicaSets,
        revision: String(cluster?.revision ?? 0n),
      };
      const request =
        command.counts === null
          ? new Request(`http://127.0.0.1:8600${paths.virtualCluster(command.cluster)}`, { method: 'DELETE', headers })
          : new Request(`http://127.0.0.1:8600${paths.virtualClusters}`, {
              method: 'POST',
              headers,
              body: stringifyJson(body),
            });
      void requestOrigin.run(name, () => console.fetch(request)).catch(() => undefined);
      return;
    }
    case 'odd-save':
      return sendOddSave(testBed, command, name);
    case 'token-stop':
      return stopWithToken(testBed, command, name);
    case 'forge-supervisor': {
      const job = jobAt(ray, command.which);
      const [node] = ray.clusters.get(command.cluster)?.nodes ?? [];
      const { forgedSupervisors } = testBed;
      if (job === undefined || node === undefined) return;
      forgedSupervisors.push({ submissionId: job.submissionId, clusterId: command.cluster, nodeId: node.id });
      return;
    }
    case 'token': {
      const console = consoles[command.backend];
      if (console !== undefined) console.token.isWithdrawn = command.isWithdrawn;
      return;
    }
    case 'job':
      return startJob(ray, command.cluster, command.count, command.cpus);
    case 'end-job': {
      const running = [...ray.jobs.values()].filter((job) => job.status === 'RUNNING' || job.status === 'PENDING');
      const job = running[command.which % Math.max(1, running.length)];
      if (job !== undefined) endJob(ray, job, 'STOPPED');
      return;
    }
    case 'kill': {
      const alive = [...ray.nodes.values()].filter((node) => node.state === 'alive' && !node.isHead);
      // Members first: the death of a member has more consequences.
      const members = alive.filter((node) => node.cluster !== null);
      const node = [...members, ...alive][command.which];
      if (node !== undefined) killNode(ray, node);
      return;
    }
    case 'add-node':
      addNode(ray, TEMPLATES[command.template] ?? TEMPLATES[0]);
      return;
    case 'swap':
      return swapMembers(ray, command.cluster);
    case 'restart':
      return simulation.replaceWorld(createRestartedWorld(ray, simulation.clock.now()));
    case 'empty':
      return simulation.replaceWorld({
        ...createRestartedWorld(ray, simulation.clock.now()),
        sessionName: ray.sessionName,
      });
    case 'console-restart':
      return consoles[command.backend]?.restart(command.how, command.down);
    case 'away': {
      const console = consoles[command.backend];
      if (console !== undefined) console.rayLink.isAway = command.isAway;
      return;
    }
    case 'lag': {
      const console = consoles[command.backend];
      if (console !== undefined) console.rayLink.staleListReads = command.reads;
      return;
    }
    case 'trouble':
      consoles[command.backend]?.rayLink.readFaults.push({
        path: command.path,
        fault: command.fault,
        times: command.times,
      });
      return;
    default:
  }
}

/** Newest first, since most of those are running. */
function jobAt(ray: Ray, which: number): Job | undefined {
  const jobs = [...ray.jobs.values()].toReversed();
  return jobs[which % Math.max(1, jobs.length)];
}

/** Stops a job as one of the cluster, whichever it runs in. The token may stop only jobs of its own clusters. */
function stopWithToken(
  { simulation, consoles, deniedScripts }: TestBed,
  { backend, which, cluster }: Extract<Command, { kind: 'token-stop' }>,
  name: string,
): void {
  const console = consoles[backend];
  const job = jobAt(simulation.world(), which);
  if (console === undefined || job === undefined) return;
  const { token } = console;
  // A change's own id is the origin of its writes.
  const id = `00000000-0000-4000-9000-${name.replaceAll(/\D/g, '').padStart(12, '0')}`;
  const runsIn = job.clusterId.split('##')[0];
  if (token.isWithdrawn || !TOKEN_CLUSTERS.some((each) => each === runsIn)) deniedScripts.add(id);
  const request = new Request(`http://127.0.0.1:8600${paths.change(id)}`, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      [CONSOLE_HEADER]: '1',
      Authorization: `Bearer ${token.value}`,
    },
    body: JSON.stringify({ kind: 'stop-job', clusterId: cluster, submissionId: job.submissionId }),
  });
  void requestOrigin.run(id, () => console.fetch(request)).catch(() => undefined);
}

/** Applies what happens to a cluster while its editor is open. */
export function applyInterleaved({ simulation }: TestBed, what: InterleavedCommand, clusterId: string): void {
  const ray = simulation.world();
  switch (what) {
    case 'swap':
      return swapMembers(ray, clusterId);
    case 'job':
      return startJob(ray, clusterId, 1, 0);
    case 'script-save':
      return saveAsScript(ray, clusterId, false, [2, 1]);
    case 'script-delete':
      removeCluster(ray, clusterId);
  }
}

function saveAsScript(ray: Ray, clusterId: string, divisible: boolean, counts: readonly number[]) {
  const cluster = ray.clusters.get(clusterId);
  const replicaSets = new Map(counts.map((count, index) => [TEMPLATES[index] ?? TEMPLATES[0], count]));
  saveCluster(ray, {
    clusterId,
    divisible: cluster?.divisible ?? divisible,
    replicaSets,
    revision: cluster?.revision ?? 0n,
  });
}

function startJob(ray: Ray, clusterId: string, count: number, cpus: 0 | 1 | 'all') {
  const replicaSets =
    ray.clusters.get(clusterId)?.divisible === true ? new Map([[TEMPLATES[0], Math.max(1, count)]]) : null;
  submitJob(ray, { entrypoint: 'python job.py', clusterId, replicaSets, cpus });
}

/** A script gives a node of the cluster to another cluster and takes a different one for it: same counts, other members. */
function swapMembers(ray: Ray, clusterId: string) {
  const cluster = ray.clusters.get(clusterId);
  const membersBefore = new Set(cluster?.nodes ?? []);
  if (cluster === undefined) return;
  for (const [templateId, count] of [...cluster.nodes.counts()]) {
    if (!resize(ray, cluster, templateId, count - 1)) continue;
    const released = [...membersBefore].find((node) => node.cluster === null);
    for (let taken = 1; released?.cluster === null && released.state !== 'dead' && taken <= ray.nodes.size; taken++) {
      const other = ray.clusters.get(PLACEHOLDER_CLUSTER);
      if (
        !saveCluster(ray, {
          clusterId: PLACEHOLDER_CLUSTER,
          divisible: false,
          replicaSets: new Map([[templateId, taken]]),
          revision: other?.revision ?? 0n,
        }).ok
      )
        break;
    }
    resize(ray, cluster, templateId, count);
    removeCluster(ray, PLACEHOLDER_CLUSTER);
    return;
  }
}

/** Holds the released node while the cluster takes another one. */
const PLACEHOLDER_CLUSTER = 'holder';

function resize(ray: Ray, cluster: Cluster, templateId: string, count: number): boolean {
  const replicaSets = new Map([...cluster.nodes.counts(), [templateId, count] as const]);
  return saveCluster(ray, {
    clusterId: cluster.id,
    divisible: cluster.divisible,
    replicaSets,
    revision: cluster.revision,
  }).ok;
}
