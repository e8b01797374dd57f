import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { createSimulator } from '../simulator.ts';
import { startingNodes, type Preexisting, type JobRequest, type Target } from './target.ts';

/** A manual clock that runs due timers in order as it advances. */
class ManualClock implements Clock {
  #now = Date.UTC(2026, 10, 24, 9);
  #due: { readonly at: number; readonly callBack: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callBack: () => void): () => void {
    const entry = { at: this.#now + ms, callBack };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  move(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#due.filter((entry) => entry.at <= end).toSorted((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#due = this.#due.filter((entry) => entry !== next);
      this.#now = next.at;
      next.callBack();
    }
    this.#now = end;
  }
}

const added = z.object({ nodeIds: z.array(z.string()) });
const submitted = z.object({ submissionId: z.string() });
const summary = z.object({
  data: z.object({
    summary: z.array(
      z.object({ raylet: z.object({ nodeId: z.string(), nodeTypeName: z.string(), state: z.string() }) }),
    ),
  }),
});

/** How long a real node takes to start, in milliseconds. */
const nodeStart = 5000;

/** A simulator of its own, with the starting fleet: nothing is from before. */
export class SimulatedTarget implements Target {
  readonly isReal = false;
  readonly ray: FetchHandler;
  readonly preexisting: Preexisting = { nodes: new Set(), jobs: new Set(), actors: new Set() };
  readonly #control: FetchHandler;
  /** Advances only in `wait` and `addNodes`. */
  readonly clock = new ManualClock();
  #count = 0;

  private constructor() {
    const simulator = createSimulator({ seed: 1, clock: this.clock });
    this.ray = simulator.ray;
    this.#control = simulator.control;
  }

  static async start(): Promise<SimulatedTarget> {
    const target = new SimulatedTarget();
    await target.#ask('POST', '/simulator/reset', { templates: startingNodes, seed: 1 });
    return target;
  }

  async addNodes(templateId: string, count: number): Promise<readonly string[]> {
    this.clock.move(count * nodeStart);
    return added.parse(await this.#ask('POST', '/simulator/nodes', { templateId, count })).nodeIds;
  }

  async killNode(nodeId: string): Promise<void> {
    await this.#ask('DELETE', `/simulator/nodes/${nodeId}`);
  }

  async restart(): Promise<void> {
    await this.#ask('POST', '/simulator/restart');
  }

  async freeNode(templateId: string, taken: readonly string[]): Promise<string> {
    const request = new Request(`http://ray.local/nodes?view=summary&t=${this.unique()}`, {
      headers: { 'User-Agent': 'conformance/1' },
    });
    const rows = summary.parse(await (await this.ray(request)).json()).data.summary.map((row) => row.raylet);
    const free = rows.find((row) => row.nodeTypeName === templateId && !taken.includes(row.nodeId));
    if (free === undefined) throw new Error(`No node of ${templateId}`);
    return free.nodeId;
  }

  async wait(milliseconds: number): Promise<void> {
    this.clock.move(milliseconds);
  }

  async startJob({ clusterId, replicaSets, cpus }: JobRequest): Promise<string> {
    const body = { virtualClusterId: clusterId, ...(replicaSets && { replicaSets }), ...(cpus && { cpus }) };
    return submitted.parse(await this.#ask('POST', '/simulator/jobs', body)).submissionId;
  }

  async finishJob(submissionId: string): Promise<void> {
    await this.#ask('POST', `/simulator/jobs/${submissionId}/finish`);
  }

  unique(): string {
    this.#count += 1;
    return `u${this.#count}`;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#control(
      new Request(`http://simulator.local${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
