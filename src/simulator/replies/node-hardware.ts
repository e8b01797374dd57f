import { pythonFloat, pythonString } from './python-text.ts';
import type { Job, SimNode } from '../engine/world.ts';

/** Made-up values for what the summary reports of a machine: processes, disks, GPUs and command lines. */

export function workerJson(node: SimNode, job: Job): string {
  const supervisor = job.supervisor;
  return `{"ipAddress": "${node.ip}", "port": "${String(job.agentPort - 1)}", "actorId": "${supervisor?.actorId ?? ''}", "numExecutedTasks": 23, "actorTitle": ${pythonString(
    `JobSupervisor(['${job.submissionId}', '${job.entrypoint}', {}, '${node.ip}:${String(job.agentPort)}'], {})`,
  )}, "jobId": "01000000", "pid": ${String(supervisor?.pid ?? 0)}, "numRunningTasks": "1", "numPendingTasks": 0, "numObjectRefsInScope": 0, "usedResources": {}, "webuiDisplay": {}, "numInPlasma": 0, "numLocalObjects": 0, "usedObjectStoreMemory": "0", "taskQueueLength": 0, "objectRefs": [], "language": "PYTHON", "workerType": "WORKER", "objectsTotal": "0", "numOwnedObjects": "0", "numOwnedActors": "0"}`;
}

export function workersJson(node: SimNode, supervised: readonly Job[]): string {
  const idle = [0, 1].map((index) =>
    processJson('ray::IDLE', 4200 + ((node.hashRank >>> index) % 9000), node.startedAt),
  );
  const busy = supervised.map((job) => processJson('ray::JobSupervisor', job.supervisor?.pid ?? 0, job.startedAt));
  return `[${[...idle, ...busy].join(', ')}]`;
}

export function processJson(name: string, pid: number, createdAt: number): string {
  return `{"pid": ${String(pid)}, "createTime": ${pythonFloat(createdAt / 1000)}, "cpuPercent": 0.4, "cpuTimes": {"user": 1.86, "system": 0.92, "childrenUser": 0.0, "childrenSystem": 0.0, "iowait": 0.02}, "cmdline": ["${name}", "", "", "", "", "", "", "", "", "", "", "", "", "", ""], "memoryInfo": {"rss": 71303168, "vms": 18862456832, "shared": 41680896, "text": 2826240, "lib": 0, "data": 1253969920, "dirty": 0}, "memoryFullInfo": {"rss": 71303168, "vms": 18862456832, "shared": 41680896, "text": 2826240, "lib": 0, "data": 1253969920, "dirty": 0, "uss": 48123904, "pss": 52419993, "swap": 0}}`;
}

export function diskJson(node: SimNode): string {
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

export function gpuJson(node: SimNode): string {
  return `[{"index": 0, "name": "NVIDIA A10", "uuid": "GPU-${node.id.slice(0, 8)}-${node.id.slice(8, 12)}-${node.id.slice(12, 16)}-${node.id.slice(16, 20)}-${node.id.slice(20, 32)}", "utilizationGpu": 0, "memoryUsed": 3, "memoryTotal": 23028, "processesPids": []}]`;
}

/** The raylet's command line: most of a node's bytes in the summary. */
export function cmdlineJson(node: SimNode, folder: string, port: (index: number) => string): string {
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
