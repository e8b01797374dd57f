import { expect, type APIRequestContext } from '@playwright/test';

/** A fault as `/simulator/faults` takes it. */
interface Fault {
  readonly method?: string;
  readonly path: string;
  readonly times?: number | null;
  readonly kind: 'delay' | 'loseRequest' | 'loseReply' | 'cut' | 'traceback' | 'html' | 'stale';
  readonly ms?: number;
}

type Counts = Readonly<Record<string, number>>;

/** Controls the simulated Ray behind the console. */
export class SimulatorClient {
  readonly #request: APIRequestContext;
  readonly #address: string;

  constructor(request: APIRequestContext, address: string) {
    this.#request = request;
    this.#address = address;
  }

  /** Resets to a scenario's start, or with `templates` to a fleet of just these nodes and a head, without virtual clusters. */
  async reset(
    to: { readonly scenario?: string; readonly templates?: Counts; readonly seed?: number } = {},
  ): Promise<void> {
    const fleet = to.templates === undefined ? { scenario: to.scenario ?? 'demo' } : { templates: to.templates };
    await this.#send('POST', '/simulator/reset', { seed: to.seed ?? 1, ...fleet });
  }

  async createCluster(id: string, divisible: boolean, replicaSets: Counts): Promise<void> {
    await this.#send('POST', '/virtual_clusters', { virtualClusterId: id, divisible, replicaSets });
  }

  /** Saves as another administrator. */
  async editCluster(id: string, replicaSets: Counts): Promise<void> {
    await this.#send('POST', `/simulator/clusters/${encodeURIComponent(id)}`, { replicaSets });
  }

  /** Deletes it as another client, through Ray's API. */
  async deleteCluster(id: string): Promise<void> {
    await this.#send('DELETE', `/virtual_clusters/${encodeURIComponent(id)}`);
  }

  async addNodes(templateId: string, count: number): Promise<readonly string[]> {
    const { nodeIds } = await this.#send('POST', '/simulator/nodes', { templateId, count });
    return asStrings(nodeIds);
  }

  /** Kills a node and advances the clock until Ray has noticed. */
  async killNode(nodeId: string): Promise<void> {
    await this.#send('DELETE', `/simulator/nodes/${nodeId}`);
    await this.advance(15_000);
  }

  async startJob(
    virtualClusterId: string,
    options: { readonly replicaSets?: Counts; readonly cpus?: number } = {},
  ): Promise<string> {
    const { submissionId } = await this.#send('POST', '/simulator/jobs', { virtualClusterId, ...options });
    await this.advance(1_500);
    return String(submissionId);
  }

  /** Finishes a job and advances the clock until its supervisor is gone. */
  async finishJob(submissionId: string): Promise<void> {
    await this.#send('POST', `/simulator/jobs/${submissionId}/finish`);
    await this.advance(1_500);
  }

  async fill(): Promise<void> {
    await this.#send('POST', '/simulator/fill');
    await this.advance(1_500);
  }

  async setAway(away: boolean): Promise<void> {
    await this.#send('POST', '/simulator/away', { away });
  }

  async faults(...faults: readonly Fault[]): Promise<void> {
    await this.#send('PUT', '/simulator/faults', faults);
  }

  async restart(): Promise<void> {
    await this.#send('POST', '/simulator/restart');
  }

  /** Advances the simulated Ray's clock, running what falls due. */
  async advance(ms: number): Promise<void> {
    await this.#send('POST', '/simulator/clock', { advanceMs: ms });
  }

  /** A virtual cluster read from Ray, with its exact revision; null when it does not exist. */
  async cluster(
    id: string,
  ): Promise<{ readonly revision: string; readonly replicaSets: Counts; readonly nodeIds: readonly string[] } | null> {
    const text = await (
      await this.#request.get(`${this.#address}/simulator/ray/virtual_clusters?t=${String(Math.random())}`)
    ).text();
    const list: {
      data: {
        virtualClusters: {
          virtualClusterId: string;
          nodeInstances: Record<string, { templateId: string }>;
          revision: string;
        }[];
      };
    } = JSON.parse(text.replace(/"revision": ?(\d+)/g, '"revision":"$1"'));
    const found = list.data.virtualClusters.find((each) => each.virtualClusterId === id);
    if (found === undefined) return null;
    const counts: Record<string, number> = {};
    for (const { templateId } of Object.values(found.nodeInstances)) counts[templateId] = (counts[templateId] ?? 0) + 1;
    return { revision: found.revision, replicaSets: counts, nodeIds: Object.keys(found.nodeInstances) };
  }

  async #send(method: string, path: string, data?: unknown): Promise<Record<string, unknown>> {
    const reply = await this.#request.fetch(`${this.#address}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(data === undefined ? {} : { data }),
    });
    const text = await reply.text();
    expect(reply.ok(), `${method} ${path}: ${String(reply.status())} ${text}`).toBe(true);
    return JSON.parse(text);
  }
}

function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
