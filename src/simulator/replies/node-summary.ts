import { DEATH_MESSAGE } from '../engine/node-lifecycle.ts';
import { pythonFloat, pythonString } from './python-text.ts';
import { envelope, shuffledObject, type SimReply, jsonReply } from './reply.ts';
import { summarySize } from './byte-sizes.ts';
import { resourcesTotal } from './state-nodes.ts';
import { keyOrderOf, usedBytes } from '../engine/resource-usage.ts';
import { sortedByRank } from './virtual-clusters.ts';
import type { Job, SimNode, World } from '../engine/world.ts';

/** One node as it was when the summary was made: what is kept in Ray's cache must not change with the node. */
interface NodeView {
  readonly node: SimNode;
  readonly isDead: boolean;
  readonly usedCpus: number;
  readonly supervised: readonly Job[];
  readonly usage: { readonly memory: number; readonly objectStore: number };
  readonly order: number;
}

/** The nodes as they are. Summaries of a fleet that did not change share one: Ray's cache may hold 128 of them. */
export class NodeViewCache {
  #of: {
    readonly world: World;
    readonly version: number;
    readonly second: number;
    readonly views: readonly NodeView[];
  } | null = null;

  get(world: World): readonly NodeView[] {
    const second = world.isLively ? Math.floor(world.now / 1000) : 0;
    if (
      this.#of === null ||
      this.#of.world !== world ||
      this.#of.version !== world.version ||
      this.#of.second !== second
    ) {
      const views = sortedByRank(world.nodes.values()).map((node) => ({
        node,
        isDead: node.state === 'dead',
        usedCpus: node.usedCpus,
        supervised: [...node.supervisedJobs],
        usage: usedBytes(world, node),
        order: keyOrderOf(world, node),
      }));
      this.#of = { world, version: world.version, second, views };
    }
    return this.#of.views;
  }
}

/**
 * `GET /nodes`: the summary (fact 19), 7 kB a node, with what only a machine tells (processes, disks, network) made
 * up; or the host names. Any other view is refused.
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

/** Used and total, one line each: `4.0/4.0 CPU` (fact 19). */
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

/** Of a dead node the summary keeps next to nothing, not even the template. */
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
      ['workers', workersJson(view)],
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

function workerJson(node: SimNode, job: Job): string {
  const supervisor = job.supervisor;
  return `{"ipAddress": "${node.ip}", "port": "${String(job.agentPort - 1)}", "actorId": "${supervisor?.actorId ?? ''}", "numExecutedTasks": 23, "actorTitle": ${pythonString(
    `JobSupervisor(['${job.submissionId}', '${job.entrypoint}', {}, '${node.ip}:${String(job.agentPort)}'], {})`,
  )}, "jobId": "01000000", "pid": ${String(supervisor?.pid ?? 0)}, "numRunningTasks": "1", "numPendingTasks": 0, "numObjectRefsInScope": 0, "usedResources": {}, "webuiDisplay": {}, "numInPlasma": 0, "numLocalObjects": 0, "usedObjectStoreMemory": "0", "taskQueueLength": 0, "objectRefs": [], "language": "PYTHON", "workerType": "WORKER", "objectsTotal": "0", "numOwnedObjects": "0", "numOwnedActors": "0"}`;
}

function workersJson({ node, supervised }: NodeView): string {
  const idle = [0, 1].map((index) =>
    processJson('ray::IDLE', 4200 + ((node.hashRank >>> index) % 9000), node.startedAt),
  );
  const busy = supervised.map((job) => processJson('ray::JobSupervisor', job.supervisor?.pid ?? 0, job.startedAt));
  return `[${[...idle, ...busy].join(', ')}]`;
}

function processJson(name: string, pid: number, createdAt: number): string {
  return `{"pid": ${String(pid)}, "createTime": ${pythonFloat(createdAt / 1000)}, "cpuPercent": 0.4, "cpuTimes": {"user": 1.86, "system": 0.92, "childrenUser": 0.0, "childrenSystem": 0.0, "iowait": 0.02}, "cmdline": ["${name}", "", "", "", "", "", "", "", "", "", "", "", "", "", ""], "memoryInfo": {"rss": 71303168, "vms": 18862456832, "shared": 41680896, "text": 2826240, "lib": 0, "data": 1253969920, "dirty": 0}, "memoryFullInfo": {"rss": 71303168, "vms": 18862456832, "shared": 41680896, "text": 2826240, "lib": 0, "data": 1253969920, "dirty": 0, "uss": 48123904, "pss": 52419993, "swap": 0}}`;
}

function diskJson(node: SimNode): string {
  const used = 20_000_000_000 + (node.hashRank % 4096) * 1_048_576;
  return ['/', '/tmp', '/var/lib/kubelet']
    .map(
      (mount) =>
        `"${mount}": {"total": 107361579008, "used": ${String(used)}, "free": ${String(107_361_579_008 - used)}, "percent": ${((used / 107_361_579_008) * 100).toFixed(1)}}`,
    )
    .join(', ')
    .replace(/^/, '{')
    .concat('}');
}

function gpuJson(node: SimNode): string {
  return `[{"index": 0, "name": "NVIDIA A10", "uuid": "GPU-${node.id.slice(0, 8)}-${node.id.slice(8, 12)}-${node.id.slice(12, 16)}-${node.id.slice(16, 20)}-${node.id.slice(20, 32)}", "utilizationGpu": 0, "memoryUsed": 3, "memoryTotal": 23028, "processesPids": []}]`;
}

/** The raylet's command line, most of what a node weighs. */
function cmdlineJson(node: SimNode, folder: string, port: (index: number) => string): string {
  const python = '/home/ray/anaconda3/lib/python3.11/site-packages/ray';
  const worker = `/home/ray/anaconda3/bin/python ${python}/_private/workers/setup_worker.py ${python}/_private/workers/default_worker.py --node-ip-address=${node.ip} --node-manager-port=RAY_NODE_MANAGER_PORT_PLACEHOLDER --object-store-name=${folder}/sockets/plasma_store --raylet-name=${folder}/sockets/raylet --redis-address=None --metrics-agent-port=${port(5)} --logging-rotate-bytes=536870912 --logging-rotate-backup-count=5 --runtime-env-agent-port=${port(4)} --gcs-address=10.16.0.3:6379 --session-name=RAY_SESSION --temp-dir=/tmp/ray --webui= RAY_WORKER_DYNAMIC_OPTION_PLACEHOLDER`;
  const agent = `/home/ray/anaconda3/bin/python -u ${python}/dashboard/agent.py --node-ip-address=${node.ip} --metrics-export-port=${port(2)} --dashboard-agent-port=${port(5)} --listen-port=52365 --node-manager-port=RAY_NODE_MANAGER_PORT_PLACEHOLDER --object-store-name=${folder}/sockets/plasma_store --raylet-name=${folder}/sockets/raylet --temp-dir=/tmp/ray --session-dir=${folder} --log-dir=${folder}/logs --logging-rotate-bytes=536870912 --logging-rotate-backup-count=5 --gcs-address=10.16.0.3:6379`;
  return `[${[
    `${python}/core/src/ray/raylet/raylet`,
    `--raylet_socket_name=${folder}/sockets/raylet`,
    `--store_socket_name=${folder}/sockets/plasma_store`,
    `--object_manager_port=${port(1)}`,
    '--min_worker_port=10002',
    '--max_worker_port=19999',
    `--node_manager_port=${port(3)}`,
    `--node_id=${node.id}`,
    `--node_ip_address=${node.ip}`,
    '--maximum_startup_concurrency=8',
    `--static_resource_list=node:${node.ip},1.0,CPU,${String(node.capacity.cpus ?? 0)},memory,${String(node.capacity.memory)},object_store_memory,${String(node.capacity.objectStore)}`,
    `--python_worker_command=${worker}`,
    `--java_worker_command=`,
    `--cpp_worker_command=`,
    `--native_library_path=${python}/cpp/lib`,
    '--temp_dir=/tmp/ray',
    `--session_dir=${folder}`,
    `--log_dir=${folder}/logs`,
    `--resource_dir=${folder}/runtime_resources`,
    `--metrics-agent-port=${port(5)}`,
    `--metrics_export_port=${port(2)}`,
    `--runtime_env_agent_port=${port(4)}`,
    `--object_store_memory=${String(node.capacity.objectStore)}`,
    '--plasma_directory=/dev/shm',
    '--ray-debugger-external=0',
    '--gcs-address=10.16.0.3:6379',
    '--session-name=RAY_SESSION',
    '--labels=',
    '--cluster-id=RAY_CLUSTER',
    '--num_prestart_python_workers=0',
    `--dashboard_agent_command=${agent}`,
    `--runtime_env_agent_command=${agent.replace('dashboard/agent.py', '_private/runtime_env/agent/main.py')}`,
  ]
    .map(pythonString)
    .join(', ')}]`;
}
