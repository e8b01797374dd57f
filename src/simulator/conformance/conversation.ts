import { parseJson, stringifyJson } from '../../ray/exact-json.ts';
import type { TranscriptStep } from './transcript-diff.ts';
import { Names } from './stable-names.ts';
import { normalise, normaliseText, withoutPreexisting, type Json } from './normalise.ts';
import { readActorRows, readJobRows, readList } from './replies.ts';
import type { JobRequest, Target } from './target.ts';

export interface RequestOptions {
  /** Sent as JSON, a `revision` of digits as a bare integer. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  /** Override the usual headers; null omits one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Reduces the reply's JSON, only to drop what a simulator need not reproduce, such as disk statistics. */
  readonly keep?: (reply: unknown) => unknown;
}

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const usualHeaders = { 'User-Agent': 'conformance/1', 'Content-Type': 'application/json' };
const origin = 'http://ray.local';

/** Sends requests to a target and records the normalised exchanges. */
export class Conversation {
  readonly steps: TranscriptStep[] = [];
  readonly names = new Names();
  readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  /** Sends a request and records the exchange. */
  async ask(method: string, path: string, ask: RequestOptions = {}): Promise<Reply> {
    const reply = await this.peek(method, path, ask);
    const sent = ask.text ?? (ask.json === undefined ? '' : stringifyJson(ask.json));
    const title = [method, path.replace(/([?&]t)=[^&]*/, '$1=<unique>'), sent].filter((part) => part !== '').join(' ');
    const headers = ask.headers === undefined ? '' : ` ${JSON.stringify(ask.headers)}`;
    this.names.learn(`${title} ${reply.text}`);
    this.steps.push({
      ask: normaliseText(title, this.names) + headers,
      status: reply.status,
      contentType: reply.contentType,
      reply: this.#normalised(path, reply, ask.keep),
    });
    return reply;
  }

  /** Sends a request without recording it, for set-up and waiting. */
  async peek(method: string, path: string, ask: RequestOptions = {}): Promise<Reply> {
    const body = ask.text ?? (ask.json === undefined ? null : stringifyJson(ask.json));
    const headers = new Headers();
    for (const [name, value] of Object.entries({ ...usualHeaders, ...ask.headers })) {
      if (value !== null && (body !== null || name !== 'Content-Type')) headers.set(name, value);
    }
    const response = await this.target.ray(new Request(origin + path, { method, headers, body }));
    return {
      status: response.status,
      contentType: response.headers.get('Content-Type') ?? '',
      text: await response.text(),
    };
  }

  /** Records a value that the case computed. */
  recordObservation(what: string, value: Json): void {
    this.steps.push({ saw: what, value });
  }

  save(clusterId: string, replicaSets: Readonly<Record<string, number>>, revision: string, divisible = false) {
    return this.ask('POST', '/virtual_clusters', {
      json: { virtualClusterId: clusterId, divisible, replicaSets, revision },
    });
  }

  /** Creates a virtual cluster without recording it, and returns its revision. Throws when Ray refuses. */
  async create(clusterId: string, replicaSets: Readonly<Record<string, number>>, divisible = false) {
    const reply = await this.peek('POST', '/virtual_clusters', {
      json: { virtualClusterId: clusterId, divisible, replicaSets, revision: '0' },
    });
    if (reply.status !== 200) throw new Error(`Preparing ${clusterId}: ${reply.status} ${reply.text}`);
    return this.revision(clusterId);
  }

  remove(clusterId: string) {
    return this.ask('DELETE', `/virtual_clusters/${encodeURIComponent(clusterId)}`);
  }

  /** Reads the list, bypassing Ray's cache (fact 4). */
  list() {
    return this.ask('GET', `/virtual_clusters?t=${this.target.unique()}`);
  }

  state(query = 'detail=true&limit=10000') {
    return this.ask('GET', `/api/v0/vclusters?${query}`);
  }

  jobs() {
    return this.ask('GET', '/api/jobs/');
  }

  async #cluster(clusterId: string) {
    const reply = await this.peek('GET', `/virtual_clusters?t=${this.target.unique()}`);
    const cluster = readList(reply.text).find((one) => one.virtualClusterId === clusterId);
    if (cluster === undefined) throw new Error(`No virtual cluster ${clusterId}: ${reply.text}`);
    return cluster;
  }

  async revision(clusterId: string): Promise<string> {
    return (await this.#cluster(clusterId)).revision;
  }

  async members(clusterId: string): Promise<readonly string[]> {
    return Object.keys((await this.#cluster(clusterId)).nodeInstances);
  }

  async startJob(job: JobRequest): Promise<string> {
    const submissionId = await this.target.startJob(job);
    this.names.nameJob(submissionId);
    return submissionId;
  }

  /**
   * Starts a job and waits until it runs, its CPUs taken. Names the node of its supervisor, unless `supervisorNode`
   * is null: where nodes of several templates could host it, any of them may.
   */
  async runJob(job: JobRequest, supervisorNode: string | null = 'supervisor node'): Promise<string> {
    const submissionId = await this.startJob(job);
    await this.untilJob(submissionId, ['RUNNING']);
    const reply = await this.peek('GET', '/api/v0/actors?detail=true&limit=10000');
    const actor = readActorRows(reply.text).find((one) => one.name === `_ray_internal_job_actor_${submissionId}`);
    if (actor?.node_id && supervisorNode !== null) this.names.nameNode(actor.node_id, supervisorNode);
    if (job.cpus !== undefined) {
      await this.until('GET', '/api/v0/vclusters?detail=true', ({ status }) => status === 500);
    }
    return submissionId;
  }

  async untilJob(submissionId: string, statuses: readonly string[]): Promise<void> {
    await this.until('GET', '/api/jobs/', ({ text }) =>
      readJobRows(text).some((job) => job.submission_id === submissionId && statuses.includes(job.status)),
    );
  }

  async finishJob(submissionId: string): Promise<void> {
    await this.target.finishJob(submissionId);
    await this.untilJob(submissionId, ['SUCCEEDED', 'FAILED', 'STOPPED']);
  }

  /** Polls twice a second until the reply is as awaited; throws after `limit` milliseconds. */
  async until(method: string, path: string, awaited: (reply: Reply) => boolean, limit = 40_000): Promise<number> {
    let last = '';
    for (let waited = 0; waited <= limit; waited += 500) {
      const reply = await this.peek(method, path.replace('<unique>', this.target.unique()));
      if (awaited(reply)) return waited;
      last = `${reply.status} ${reply.text}`;
      await this.target.wait(500);
    }
    throw new Error(`${method} ${path} was not as awaited within ${limit} ms, but ${last.slice(0, 4000)}`);
  }

  #normalised(path: string, reply: Reply, keep: ((reply: unknown) => unknown) | undefined): Json {
    if (!reply.contentType.startsWith('application/json') || reply.text === '') {
      return normaliseText(reply.text, this.names);
    }
    const value = parseJson(reply.text);
    return normalise(
      keep === undefined ? this.#ofThisCase(path, value) : keep(value),
      this.names,
      this.target.preexisting,
    );
  }

  #ofThisCase(path: string, value: unknown): unknown {
    if (path.startsWith('/api/v0/nodes')) return withoutPreexisting(value, 'nodes', this.target.preexisting);
    if (path.startsWith('/api/v0/actors')) return withoutPreexisting(value, 'actors', this.target.preexisting);
    return value;
  }
}
