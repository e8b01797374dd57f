import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

interface StubCluster {
  divisible: boolean;
  /** In digits, since it is written and compared as text. */
  revision: string;
  /** Template by node id. */
  nodes: Map<string, string>;
}

/** A reply that replaces Ray's. */
export interface StubReply {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string;
  /** Breaks the connection after the body, before the announced length. */
  readonly cut?: boolean;
  /** The announced length in bytes; only the body is sent. */
  readonly announced?: number;
}

const HEAD_ID = 'aa'.padEnd(56, '0');

/**
 * A small Ray on its own socket whose replies a test can replace, by method and path. Replies are text, so that a revision
 * is never parsed as a number.
 */
export class StubRay {
  readonly clusters = new Map<string, StubCluster>();
  /** Template by node id. */
  readonly free = new Map<string, string>();
  /** The bodies of the saves, verbatim. */
  readonly saves: string[] = [];
  /** The revisions of the next saves. */
  readonly nextRevisions: string[] = [];
  readonly #replies = new Map<string, StubReply>();
  readonly #server: Server;
  #nodes = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<StubRay> {
    const ray = new StubRay();
    await new Promise<void>((resolve) => ray.#server.listen(0, '127.0.0.1', resolve));
    return ray;
  }

  get address(): string {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${String(address.port)}` : '';
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  addFree(templateId: string, count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.#nodes += 1;
      this.free.set(String(this.#nodes).padStart(56, 'b'), templateId);
    }
  }

  /** Adds a virtual cluster of `count` nodes of one template. */
  addCluster(id: string, revision: string, templateId: string, count: number): void {
    const nodes = new Map<string, string>();
    for (let index = 0; index < count; index += 1) {
      this.#nodes += 1;
      nodes.set(String(this.#nodes).padStart(56, 'c'), templateId);
    }
    this.clusters.set(id, { divisible: false, revision, nodes });
  }

  /** Replaces the reply of a call such as `GET /virtual_clusters`; null restores Ray's. */
  say(call: string, answer: StubReply | null): void {
    if (answer === null) this.#replies.delete(call);
    else this.#replies.set(call, answer);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://ray');
    const call = `${request.method ?? 'GET'} ${pathname}`;
    let body = '';
    for await (const part of request) body += String(part);
    const scripted = this.#replies.get(call);
    if (scripted !== undefined) return sendReply(response, scripted);
    const reply = call === 'POST /virtual_clusters' ? this.#save(body) : this.#read(call);
    response.writeHead(reply.status, { 'Content-Type': 'application/json' });
    response.end(reply.body);
  }

  #read(call: string): { readonly status: number; readonly body: string } {
    switch (call) {
      case 'GET /virtual_clusters':
        return envelope(
          'All virtual clusters fetched.',
          `{"virtualClusters": [${[...this.clusters].map(([id, cluster]) => rowOf(id, cluster)).join(', ')}]}`,
        );
      case 'GET /api/v0/vclusters':
        return page([
          this.#primary(),
          ...[...this.clusters].map(([id, cluster]) => stateRow(id, cluster.divisible, cluster.nodes, new Map())),
        ]);
      case 'GET /api/v0/nodes':
        return page(
          [...this.#all()].map(([id, templateId]) => ({
            node_id: id,
            state: 'ALIVE',
            is_head_node: templateId === 'head',
            end_time_ms: 0,
          })),
        );
      case 'GET /api/v0/actors':
        return page([]);
      case 'GET /api/jobs/':
        return { status: 200, body: '[]' };
      case 'GET /api/version':
        return { status: 200, body: '{"ray_version": "2.44.1.1", "session_name": "session_of_an_odd_ray"}' };
      case 'GET /nodes':
        return envelope('Node summary fetched.', JSON.stringify(this.#summary()));
      default:
        return { status: 404, body: '404: Not Found' };
    }
  }

  /** Accepts a save only on the cluster's current revision. The requested nodes must exist. */
  #save(body: string): { readonly status: number; readonly body: string } {
    this.saves.push(body);
    const { virtualClusterId: id, replicaSets }: { virtualClusterId: string; replicaSets: Record<string, number> } =
      JSON.parse(body);
    const cluster = this.clusters.get(id);
    const revision = /"revision":\s*(\d+)/.exec(body)?.[1] ?? '0';
    if (cluster === undefined || cluster.revision !== revision) {
      const latest = cluster?.revision ?? '0';
      const message = `Failed to create or update virtual cluster ${id}: The revision (${revision}) is expired, the latest revision of the virtual cluster ${id} is ${latest}`;
      return {
        status: 500,
        body: JSON.stringify({
          result: false,
          msg: message,
          data: { virtualClusterId: id, replicaSetsToRecommend: {} },
        }),
      };
    }
    for (const [templateId, count] of Object.entries(replicaSets)) {
      const held = [...cluster.nodes].filter(([, each]) => each === templateId).length;
      for (const [nodeId] of [...this.free]
        .filter(([, each]) => each === templateId)
        .slice(0, Math.max(0, count - held))) {
        this.free.delete(nodeId);
        cluster.nodes.set(nodeId, templateId);
      }
    }
    cluster.revision = this.nextRevisions.shift() ?? String(BigInt(cluster.revision) + 1n);
    return envelope(
      'Virtual cluster created or updated.',
      `{"virtualClusterId": ${JSON.stringify(id)}, "revision": ${cluster.revision}, "nodeInstances": ${instances(cluster.nodes)}}`,
    );
  }

  *#all(): Generator<[string, string]> {
    yield [HEAD_ID, 'head'];
    yield* this.free;
    for (const { nodes } of this.clusters.values()) yield* nodes;
  }

  #primary() {
    const undivided = new Map([[HEAD_ID, 'head'], ...this.free]);
    const children = Object.fromEntries([...this.clusters.keys()].map((id) => [id, 'indivisible']));
    return { ...stateRow('kPrimaryClusterID', true, new Map(this.#all()), undivided), divided_clusters: children };
  }

  #summary() {
    return {
      summary: [...this.#all()].map(([id, templateId]) => ({
        raylet: {
          nodeId: id,
          state: 'ALIVE',
          nodeTypeName: templateId,
          isHeadNode: templateId === 'head',
          nodeManagerHostname: `vm-${id.slice(-4)}`,
        },
      })),
      nodeLogicalResources: Object.fromEntries([...this.#all()].map(([id]) => [id, '0.0/4.0 CPU\n0B/8.0GiB memory'])),
    };
  }
}

function sendReply(
  response: ServerResponse,
  { status = 200, contentType = 'application/json', body, cut = false, announced }: StubReply,
): void {
  const length = announced ?? (cut ? Buffer.byteLength(body) + 1_000 : undefined);
  response.writeHead(status, {
    'Content-Type': contentType,
    ...(length === undefined ? {} : { 'Content-Length': length }),
  });
  if (cut) response.write(body, () => response.destroy());
  else if (announced === undefined) response.end(body);
  else response.write(body);
}

function envelope(msg: string, data: string) {
  return { status: 200, body: `{"result": true, "msg": ${JSON.stringify(msg)}, "data": ${data}}` };
}

function page(rows: readonly object[]) {
  const result = {
    total: rows.length,
    num_after_truncation: rows.length,
    num_filtered: rows.length,
    partial_failure_warning: '',
    result: rows,
  };
  return envelope('', JSON.stringify({ result }));
}

function rowOf(id: string, { divisible, nodes, revision }: StubCluster): string {
  return `{"virtualClusterId": ${JSON.stringify(id)}, "divisible": "${String(divisible)}", "isRemoved": false, "nodeInstances": ${instances(nodes)}, "revision": ${revision}}`;
}

function instances(nodes: ReadonlyMap<string, string>): string {
  return JSON.stringify(
    Object.fromEntries([...nodes].map(([id, templateId]) => [id, { hostname: `vm-${id.slice(-4)}`, templateId }])),
  );
}

function stateRow(
  id: string,
  divisible: boolean,
  nodes: ReadonlyMap<string, string>,
  undivided: ReadonlyMap<string, string>,
) {
  const rows = (of: ReadonlyMap<string, string>) =>
    Object.fromEntries(
      [...of].map(([nodeId, templateId]) => [
        nodeId,
        {
          hostname: `vm-${nodeId.slice(-4)}`,
          template_id: templateId,
          is_dead: false,
          resources_total: { CPU: 4, memory: '8.000 GiB' },
          resources_available: { CPU: 0, memory: '0.000 GiB' },
        },
      ]),
    );
  const counts: Record<string, number> = {};
  for (const templateId of undivided.values()) counts[templateId] = (counts[templateId] ?? 0) + 1;
  return {
    virtual_cluster_id: id,
    divisible,
    divided_clusters: {},
    visible_node_instances: rows(nodes),
    undivided_nodes: rows(undivided),
    undivided_replica_sets: counts,
  };
}
