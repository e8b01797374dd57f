import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { FetchHandler } from '../../fetch-handler.ts';
import { readActorRows, readJobRows, readList, readNodeRows, readStateRows } from './replies.ts';
import { startingNodes, type Preexisting, type JobRequest, type Target } from './target.ts';

/** Where `test-ray.sh` started the lab. */
export interface LabAddress {
  readonly dashboardPort: number;
  readonly controlPort: number;
  /** A Python that can `import ray`, by its full path. */
  readonly python: string;
  /** Where the files are written that end jobs. */
  readonly folder: string;
}

/** Sends a request with exactly its own headers: a plain `fetch` would add a User-Agent. */
function fetchWithExactHeaders(port: number): FetchHandler {
  return async (request) => {
    const url = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers: Record<string, string> = Object.fromEntries(request.headers);
    if (body.length > 0 || request.method === 'POST') headers['content-length'] = String(body.length);
    return new Promise((resolve, reject) => {
      const sent = send(
        { host: '127.0.0.1', port, method: request.method, path: url.pathname + url.search, headers, agent: false },
        (reply) => {
          const parts: Buffer[] = [];
          reply.on('data', (part: Buffer) => parts.push(part));
          reply.on('error', reject);
          reply.on('end', () => {
            const text = parts.length === 0 ? null : Buffer.concat(parts).toString();
            const contentType = reply.headers['content-type'] ?? '';
            resolve(new Response(text, { status: reply.statusCode ?? 0, headers: { 'Content-Type': contentType } }));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
}

const controlNodes = z.object({ nodes: z.array(z.object({ nodeId: z.string(), templateId: z.string() })) });
const controlAdded = z.object({ nodeIds: z.array(z.string()) });
const submitted = z.object({ submission_id: z.string() });
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The lab's Ray as a target, cleaned up and back to the starting fleet before each case. */
export class RealTarget implements Target {
  readonly isReal = true;
  readonly ray: FetchHandler;
  readonly #control: FetchHandler;
  readonly #lab: LabAddress;
  readonly #finishFiles = new Map<string, string>();
  /** Whether a node was killed since Ray started: then no job may start any more (fact 34). */
  #mayRefuseJobs = false;
  #before: Preexisting = { nodes: new Set(), jobs: new Set(), actors: new Set() };
  #count = 0;

  constructor(lab: LabAddress) {
    this.#lab = lab;
    this.ray = fetchWithExactHeaders(lab.dashboardPort);
    this.#control = fetchWithExactHeaders(lab.controlPort);
    mkdirSync(lab.folder, { recursive: true });
  }

  get preexisting(): Preexisting {
    return this.#before;
  }

  /**
   * Ends what earlier cases left, puts killed nodes back, and remembers what is from before. `jobs`: the case starts
   * jobs, so a Ray that may refuse them is restarted.
   */
  async prepare({ jobs: startsJobs }: { readonly jobs: boolean }): Promise<void> {
    await this.#endJobs();
    if (startsJobs && this.#mayRefuseJobs) await this.restart();
    await this.#removeClusters();
    await this.#restoreNodes();
    const nodes = readNodeRows(await this.#get('/api/v0/nodes?detail=true&limit=10000'));
    const jobs = readJobRows(await this.#get('/api/jobs/'));
    const actors = readActorRows(await this.#get('/api/v0/actors?detail=true&limit=10000'));
    this.#before = {
      nodes: new Set(nodes.filter((node) => node.state === 'DEAD').map((node) => node.node_id)),
      jobs: new Set(jobs.flatMap((job) => job.submission_id ?? [])),
      actors: new Set(actors.map((actor) => actor.actor_id)),
    };
  }

  async addNodes(templateId: string, count: number): Promise<readonly string[]> {
    const text = await this.#ask(this.#control, 'POST', '/nodes', JSON.stringify({ templateId, count }));
    return controlAdded.parse(JSON.parse(text)).nodeIds;
  }

  async killNode(nodeId: string): Promise<void> {
    this.#mayRefuseJobs = true;
    await this.#ask(this.#control, 'DELETE', `/nodes/${nodeId}`);
  }

  async restart(): Promise<void> {
    this.#finishFiles.clear();
    await this.#ask(this.#control, 'POST', '/restart');
    this.#mayRefuseJobs = false;
    await this.#restoreNodes();
  }

  async freeNode(templateId: string, taken: readonly string[]): Promise<string> {
    const free = (await this.#nodes()).find((one) => one.templateId === templateId && !taken.includes(one.nodeId));
    if (free === undefined) throw new Error(`No node of ${templateId}`);
    return free.nodeId;
  }

  wait(milliseconds: number): Promise<void> {
    return pause(milliseconds);
  }

  async startJob({ clusterId, replicaSets, cpus }: JobRequest): Promise<string> {
    const file = join(this.#lab.folder, `finish-${this.unique()}`);
    const entrypoint =
      cpus === undefined
        ? `sh -c 'while [ ! -e ${file} ]; do sleep 0.2; done'`
        : `${this.#lab.python} ${new URL('./lab/busy_job.py', import.meta.url).pathname} ${file} ${cpus}`;
    const body = { entrypoint, virtual_cluster_id: clusterId, ...(replicaSets && { replica_sets: replicaSets }) };
    const text = await this.#ask(this.ray, 'POST', '/api/jobs/', JSON.stringify(body));
    const submissionId = submitted.parse(JSON.parse(text)).submission_id;
    this.#finishFiles.set(submissionId, file);
    return submissionId;
  }

  async finishJob(submissionId: string): Promise<void> {
    const file = this.#finishFiles.get(submissionId);
    if (file !== undefined && !existsSync(file)) writeFileSync(file, '');
  }

  unique(): string {
    this.#count += 1;
    return `${Date.now()}${this.#count}`;
  }

  async #nodes() {
    return controlNodes.parse(JSON.parse(await this.#ask(this.#control, 'GET', '/nodes'))).nodes;
  }

  async #endJobs(): Promise<void> {
    for (const submissionId of this.#finishFiles.keys()) await this.finishJob(submissionId);
    if (this.#finishFiles.size === 0) return;
    await this.#until('jobs end', async () => {
      const jobs = readJobRows(await this.#get('/api/jobs/'));
      return jobs.every((job) => !['PENDING', 'RUNNING'].includes(job.status));
    });
    await this.#until('supervisors end', async () => {
      const actors = readActorRows(await this.#get('/api/v0/actors?detail=true&limit=10000'));
      return actors.every((actor) => actor.state === 'DEAD' || !actor.name.startsWith('_ray_internal_job_actor_'));
    });
    this.#finishFiles.clear();
  }

  async #removeClusters(): Promise<void> {
    await this.#until('virtual clusters go', async () => {
      const state = await this.ray(this.#request('GET', '/api/v0/vclusters?detail=true&limit=10000'));
      const rows = state.ok ? readStateRows(await state.text()) : [];
      const jobClusters = rows.map((row) => row.virtual_cluster_id).filter((id) => id.includes('##'));
      const list = readList(await this.#get(`/virtual_clusters?t=${this.unique()}`));
      const clusters = list.map((cluster) => cluster.virtualClusterId);
      for (const id of [...jobClusters, ...clusters]) {
        await (await this.ray(this.#request('DELETE', `/virtual_clusters/${encodeURIComponent(id)}`))).text();
      }
      return state.ok && jobClusters.length === 0 && clusters.length === 0;
    });
  }

  async #restoreNodes(): Promise<void> {
    const nodes = await this.#nodes();
    for (const [templateId, count] of Object.entries(startingNodes)) {
      const have = nodes.filter((node) => node.templateId === templateId);
      if (have.length < count) await this.addNodes(templateId, count - have.length);
      for (const surplus of have.slice(count)) await this.killNode(surplus.nodeId);
    }
    const alive = Object.values(startingNodes).reduce((sum, count) => sum + count, 1);
    await this.#until('the starting fleet', async () => {
      const rows = readNodeRows(await this.#get('/api/v0/nodes?detail=true&limit=10000'));
      return rows.filter((row) => row.state === 'ALIVE').length === alive;
    });
    await this.#until('the starting pool', async () => {
      const state = readStateRows(await this.#get('/api/v0/vclusters?detail=true&limit=10000'));
      const primary = state.find((row) => row.virtual_cluster_id === 'kPrimaryClusterID');
      return Object.values(primary?.replica_sets ?? {}).reduce((sum, count) => sum + count, 0) === alive;
    });
  }

  async #until(what: string, done: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      if (await done()) return;
      await pause(250);
    }
    throw new Error(`Cleaning up: waited in vain for ${what}`);
  }

  #request(method: string, path: string, body: string | null = null): Request {
    const headers = { 'User-Agent': 'conformance/1', ...(body !== null && { 'Content-Type': 'application/json' }) };
    return new Request(`http://lab.local${path}`, { method, body, headers });
  }

  async #ask(handler: FetchHandler, method: string, path: string, body: string | null = null): Promise<string> {
    const response = await handler(this.#request(method, path, body));
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }

  #get(path: string): Promise<string> {
    return this.#ask(this.ray, 'GET', path);
  }
}
