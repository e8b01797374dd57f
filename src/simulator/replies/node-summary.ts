import { DEATH_MESSAGE } from '../engine/node-lifecycle.ts';
import { pythonFloat, pythonString } from './python-text.ts';
import { envelope, shuffledObject, type SimReply, jsonReply } from './reply.ts';
import { summarySize } from './byte-sizes.ts';
import { resourcesTotal } from './state-nodes.ts';
import { keyOrderOf, usedBytes } from '../engine/resource-usage.ts';
import { sortedByRank } from '../engine/hash-order.ts';
import { cmdlineJson, diskJson, gpuJson, processJson, workerJson, workersJson } from './node-hardware.ts';
import type { Job, SimNode, World } from '../engine/world.ts';

/** A copy of a node's state, so that a summary in Ray's cache does not change with the node. */
interface NodeView {
  readonly node: SimNode;
  readonly isDead: boolean;
  readonly usedCpus: number;
  readonly supervised: readonly Job[];
  readonly usage: { readonly memory: number; readonly objectStore: number };
  readonly order: number;
}

/** Shares the copied nodes between summaries of an unchanged fleet: Ray's cache may hold 128 of them (fact 4). */
export class NodeViewCache {
  #cached: {
    readonly world: World;
    readonly version: number;
    readonly second: number;
    readonly views: readonly NodeView[];
  } | null = null;

  get(world: World): readonly NodeView[] {
    const second = world.isLively ? Math.floor(world.now / 1000) : 0;
    if (
      this.#cached === null ||
      this.#cached.world !== world ||
      this.#cached.version !== world.version ||
      this.#cached.second !== second
    ) {
      const views = sortedByRank(world.nodes.values()).map((node) => ({
        node,
        isDead: node.state === 'dead',
        usedCpus: node.usedCpus,
        supervised: [...node.supervisedJobs],
        usage: usedBytes(world, node),
        order: keyOrderOf(world, node),
      }));
      this.#cached = { world, version: world.version, second, views };
    }
    return this.#cached.views;
  }
}

/**
 * `GET /nodes`: the summary (fact 19), 7 kB a node, in which processes, disks and network are made up; or the host
 * names. Any other view is refused.
 */
export function nodesReply(world: World, view: string | null, nodeViews: NodeViewCache): SimReply {
  if (view === 'hostNameList') {
    const alive = sortedByRank(world.nodes.values()).filter((node) => node.state !== 'dead');
    const names = alive.map((node) => pythonString(node.hostname)).join(', ');
    return envelope(true, 'Node hostname list fetched.', `{"hostNameList": [${names}]}`);
  }
  if (view !== 'summary') return envelope(false, `Unknown view ${view ?? 'None'}`, '{}');
  const { now, sessionName } = world;
  const views = nodeViews.get(world);
  const parts = { [Symbol.iterator]: () => summaryParts(views, sessionName, now) };
  return { ...jsonReply(200), parts };
}

function* summaryParts(views: readonly NodeView[], session: string, now: number): Generator<string> {
  yield '{"result": true, "msg": "Node summary fetched.", "data": {"summary": [';
  let separator = '';
  for (const view of views) {
    yield separator + (view.isDead ? deadNodeJson(view.node) : aliveNodeJson(view, session, now));
    separator = ', ';
  }
  yield '], "nodeLogicalResources": {';
  separator = '';
  for (const view of views) {
    if (view.isDead) continue;
    yield `${separator}"${view.node.id}": ${pythonString(logicalResources(view))}`;
    separator = ', ';
  }
  yield '}}}';
}

/** Used and total of each resource, one a line: `4.0/4.0 CPU` (fact 19). */
function logicalResources({ node: { capacity }, usedCpus, usage }: NodeView): string {
  const lines: string[] = [];
  if (capacity.cpus !== null) lines.push(`${pythonFloat(usedCpus)}/${pythonFloat(capacity.cpus)} CPU`);
  if (capacity.gpus !== null) lines.push(`0.0/${pythonFloat(capacity.gpus)} GPU`);
  const amount = (used: number, all: number) => `${summarySize(used)}/${summarySize(all)}`;
  lines.push(
    `${amount(usage.memory, capacity.memory)} memory`,
    `${amount(usage.objectStore, capacity.objectStore)} object_store_memory`,
  );
  return lines.join('\n');
}

/** The summary of a dead node lacks most values, even the template (fact 20). */
function deadNodeJson(node: SimNode): string {
  return `{"raylet": {"coreWorkersStats": [], "state": "DEAD", "nodeId": "${node.id}", "isHeadNode": ${String(node.isHead)}, "nodeTypeName": "", "nodeManagerHostname": "", "nodeManagerAddress": "${node.ip}", "nodeName": "${node.ip}", "resourcesTotal": {}, "labels": {"ray.io/node_id": "${node.id}"}, "startTimeMs": "${String(Math.floor(node.startedAt))}", "endTimeMs": "${String(Math.floor(node.diedAt ?? 0))}", "stateMessage": ${pythonString(DEATH_MESSAGE)}}}`;
}

function aliveNodeJson(view: NodeView, session: string, now: number): string {
  const { node, usedCpus } = view;
  const { memory, objectStore, cpus } = node.capacity;
  const port = (index: number) => String(20_000 + ((node.hashRank >>> index) % 40_000));
  const busy = cpus === null ? 0 : usedCpus / cpus;
  const load = [0.3, 0.28, 0.31].map((base) => base + busy * (cpus ?? 0));
  const bytes = memory + objectStore;
  const folder = `/tmp/ray/${session}`;
  const raylet = shuffledObject(
    [
      ['numWorkers', String(view.supervised.length)],
      ['coreWorkersStats', `[${view.supervised.map((job) => workerJson(node, job)).join(', ')}]`],
      ['storeStats', `{"objectStoreBytesAvail": "${String(objectStore)}"}`],
      ['objectStoreUsedMemory', '0'],
      ['objectStoreAvailableMemory', String(objectStore)],
      ['state', '"ALIVE"'],
      ['objectStoreSocketName', `"${folder}/sockets/plasma_store"`],
      ['stateSnapshot', '{"state": "ACTIVE", "idleDurationMs": "0", "nodeActivity": []}'],
      ['objectManagerPort', port(1)],
      ['nodeName', `"${node.ip}"`],
      ['isHeadNode', String(node.isHead)],
      ['labels', `{"ray.io/node_id": "${node.id}"}`],
      ['metricsExportPort', port(2)],
      ['instanceId', '""'],
      ['endTimeMs', '"0"'],
      ['startTimeMs', `"${String(Math.floor(node.startedAt))}"`],
      ['nodeManagerPort', port(3)],
      ['nodeTypeName', pythonString(node.templateId)],
      ['resourcesTotal', resourcesTotal(node)],
      ['instanceTypeName', '""'],
      ['rayletSocketName', `"${folder}/sockets/raylet"`],
      ['nodeManagerHostname', pythonString(node.hostname)],
      ['runtimeEnvAgentPort', port(4)],
      ['nodeId', `"${node.id}"`],
      ['nodeManagerAddress', `"${node.ip}"`],
      ['stateMessage', 'null'],
    ],
    view.order >>> 2,
  );
  const agent = processJson('ray::DashboardAgent', 3100 + (node.hashRank % 900), node.startedAt);
  return shuffledObject(
    [
      ['now', pythonFloat(now / 1000)],
      ['hostname', pythonString(node.hostname)],
      ['ip', `"${node.ip}"`],
      ['cpu', pythonFloat(Math.round((6 + busy * 90) * 10) / 10)],
      ['cpus', `[${String(cpus ?? 8)}, ${String(cpus ?? 8)}]`],
      ['mem', `[${String(bytes)}, ${String(Math.floor(bytes * 0.92))}, 8.0, ${String(Math.floor(bytes * 0.08))}]`],
      ['shm', String(objectStore)],
      ['workers', workersJson(view.node, view.supervised)],
      ['raylet', raylet],
      ['agent', agent],
      ['bootTime', pythonFloat(Math.floor(node.startedAt / 1000) - 90)],
      [
        'loadAvg',
        `[[${load.map(pythonFloat).join(', ')}], [${load.map((value) => (value / (cpus ?? 8)).toFixed(2)).join(', ')}]]`,
      ],
      ['disk', diskJson(node)],
      ['diskIo', '[48213504, 1283457024, 1843, 98214]'],
      ['diskIoSpeed', '[0.0, 40960.0, 0.0, 6.2]'],
      ['gpus', node.capacity.gpus === null ? '[]' : gpuJson(node)],
      ['network', '[8241934621, 10422953841]'],
      ['networkSpeed', '[18231.4, 22910.8]'],
      ['cmdline', cmdlineJson(node, folder, port)],
    ],
    view.order >>> 5,
  );
}
