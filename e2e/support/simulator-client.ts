import { expect, type APIRequestContext } from '@playwright/test';

/** The kinds of faults and how they are asked for: see `/simulator/faults`. */
interface Fault {
  readonly method?: string;
  readonly path: string;
  readonly times?: number | null;
  readonly kind: 'delay' | 'loseRequest' | 'loseReply' | 'cut' | 'traceback' | 'html' | 'stale';
  readonly ms?: number;
}

type Counts = Readonly<Record<string, number>>;

/** Holds the simulated Ray behind the console: what a test needs to happen is asked for here. */
export class SimulatorClient {
  readonly #request: APIRequestContext;
  readonly #address: string;

  constructor(request: APIRequestContext, address: string) {
    this.#request = request;
    this.#address = address;
  }

  /** A story from its start; `templates`: an empty fleet of just these nodes and a head. */
  async reset(
    to: { readonly scenario?: string; readonly templates?: Counts; readonly seed?: number } = {},
  ): Promise<void> {
    const fleet = to.templates === undefined ? { scenario: to.scenario ?? 'demo' } : { templates: to.templates };
    await this.#ask('POST', '/simulator/reset', { seed: to.seed ?? 1, ...fleet });
  }

  async createCluster(id: string, divisible: boolean, replicaSets: Counts): Promise<void> {
    await this.#ask('POST', '/virtual_clusters', { virtualClusterId: id, divisible, replicaSets });
  }

  /** Another administrator's save. */
  async editCluster(id: string, replicaSets: Counts): Promise<void> {
    await this.#ask('POST', `/simulator/clusters/${encodeURIComponent(id)}`, { replicaSets });
  }

  /** Somebody deletes it through the published API. */
  async deleteCluster(id: string): Promise<void> {
    await this.#ask('DELETE', `/virtual_clusters/${encodeURIComponent(id)}`);
  }

  async addNodes(templateId: string, count: number): Promise<readonly string[]> {
    const { nodeIds } = await this.#ask('POST', '/simulator/nodes', { templateId, count });
    return asStrings(nodeIds);
  }

  /** Until Ray has noticed that it died, too. */
  async killNode(nodeId: string): Promise<void> {
    await this.#ask('DELETE', `/simulator/nodes/${nodeId}`);
    await this.advance(15_000);
  }

  async startJob(
    virtualClusterId: string,
    options: { readonly replicaSets?: Counts; readonly cpus?: number } = {},
  ): Promise<string> {
    const { submissionId } = await this.#ask('POST', '/simulator/jobs', { virtualClusterId, ...options });
    await this.advance(1_500);
    return String(submissionId);
  }

  /** Until its supervisor is gone, too. */
  async finishJob(submissionId: string): Promise<void> {
    await this.#ask('POST', `/simulator/jobs/${submissionId}/finish`);
    await this.advance(1_500);
  }

  async fill(): Promise<void> {
    await this.#ask('POST', '/simulator/fill');
    await this.advance(1_500);
  }

  async setAway(away: boolean): Promise<void> {
    await this.#ask('POST', '/simulator/away', { away });
  }

  async faults(...faults: readonly Fault[]): Promise<void> {
    await this.#ask('PUT', '/simulator/faults', faults);
  }

  async restart(): Promise<void> {
    await this.#ask('POST', '/simulator/restart');
  }

  /** Moves the simulated Ray's clock on: what is due happens. */
  async advance(ms: number): Promise<void> {
    await this.#ask('POST', '/simulator/clock', { advanceMs: ms });
  }

  /** A virtual cluster as Ray has it, with its exact revision; null when there is none. */
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

  async #ask(method: string, path: string, data?: unknown): Promise<Record<string, unknown>> {
    const reply = await this.#request.fetch(`${this.#address}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      // A kept connection may have been closed just then, which is a reset: never while a reply is under way here.
      maxRetries: 2,
      ...(data === undefined ? {} : { data }),
    });
    const said = await reply.text();
    expect(reply.ok(), `${method} ${path}: ${String(reply.status())} ${said}`).toBe(true);
    return JSON.parse(said);
  }
}

function asStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
