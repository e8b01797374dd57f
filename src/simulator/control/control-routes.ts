import type * as z from 'zod/mini';
import type { FetchHandler } from '../../fetch-handler.ts';
import { awayBody, clockBody, clusterBody, faultsBody, jobBody, nodesBody, resetBody } from './request-bodies.ts';
import { addNode, killNode } from '../engine/node-lifecycle.ts';
import { endJob, submitJob } from '../engine/jobs.ts';
import { fillNodes } from '../engine/fill-nodes.ts';
import { saveReply } from '../replies/virtual-clusters.ts';
import { toResponse } from '../replies/reply.ts';
import { createFleet, createScenario, createRestartedWorld, UnknownScenario } from '../engine/scenarios.ts';
import type { Simulation } from '../simulation.ts';
import { summarizeSimulation } from './simulation-summary.ts';
import type { World } from '../engine/world.ts';

/** An error reply: a code for programs and a sentence for people. */
class ControlProblem extends Error {
  readonly status: number;
  readonly problem: string;

  constructor(status: number, problem: string, detail: string) {
    super(detail);
    this.status = status;
    this.problem = problem;
  }
}

type ControlHandler = (simulation: Simulation, request: Request, id: string) => Promise<Response> | Response;

const routes: readonly { readonly pattern: RegExp; readonly handlers: Readonly<Record<string, ControlHandler>> }[] = [
  { pattern: /^\/simulator\/?$/, handlers: { GET: (simulation) => Response.json(summarizeSimulation(simulation)) } },
  { pattern: /^\/simulator\/reset$/, handlers: { POST: reset } },
  { pattern: /^\/simulator\/restart$/, handlers: { POST: restartRay } },
  { pattern: /^\/simulator\/away$/, handlers: { POST: setAway } },
  { pattern: /^\/simulator\/clock$/, handlers: { POST: advanceClock } },
  { pattern: /^\/simulator\/faults$/, handlers: { GET: listFaults, PUT: replaceFaults } },
  { pattern: /^\/simulator\/fill$/, handlers: { POST: fillAllNodes } },
  { pattern: /^\/simulator\/clusters\/([^/]+)$/, handlers: { POST: editCluster } },
  { pattern: /^\/simulator\/nodes$/, handlers: { POST: addNodes } },
  { pattern: /^\/simulator\/nodes\/([^/]+)$/, handlers: { DELETE: removeNode } },
  { pattern: /^\/simulator\/jobs$/, handlers: { POST: startJob } },
  { pattern: /^\/simulator\/jobs\/([^/]+)\/finish$/, handlers: { POST: finishJob } },
];

const RAY = '/simulator/ray';

/** The control API under `/simulator`: changes to the simulated Ray that don't go through Ray's own API. */
export function createControl(simulation: Simulation, ray: FetchHandler): FetchHandler {
  return async (request) => {
    try {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(`${RAY}/`)) return await forwardToRay(ray, request);
      for (const { pattern, handlers } of routes) {
        const found = pattern.exec(pathname);
        if (found === null) continue;
        const method = request.method === 'HEAD' ? 'GET' : request.method;
        const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
        if (handler === undefined) {
          throw new ControlProblem(
            405,
            'method-not-allowed',
            `This path answers ${Object.keys(handlers).join(', ')} only.`,
          );
        }
        return await handler(simulation, request, decodeSegment(found[1] ?? ''));
      }
      throw new ControlProblem(404, 'no-such-path', 'The simulator has nothing at this path.');
    } catch (error) {
      if (error instanceof ControlProblem)
        return Response.json({ problem: error.problem, detail: error.message }, { status: error.status });
      throw error;
    }
  };
}

/** Forwards a request to the simulated Ray, bypassing the console: prefix removed, headers unchanged. */
async function forwardToRay(ray: FetchHandler, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const target = new URL(url.pathname.slice(RAY.length) + url.search, url.origin);
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.text();
  const forwarded = new Request(target, {
    method: request.method,
    headers: request.headers,
    body,
    signal: request.signal,
  });
  try {
    return await ray(forwarded);
  } catch {
    throw new ControlProblem(502, 'no-answer', 'The simulated Ray gave no answer.');
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlProblem(400, 'bad-path', 'The ID in the path is not encoded as it should be.');
  }
}

/** Parses and checks a body; an absent one counts as an empty object. */
async function readBody<T>(request: Request, schema: z.ZodMiniType<T>): Promise<T> {
  const text = await request.text();
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlProblem(400, 'not-json', 'The body is not JSON.');
  }
  const checked = schema.safeParse(json);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  throw new ControlProblem(400, 'bad-body', `${where}${issue?.message ?? 'The body is not as it should be'}.`);
}

async function reset(simulation: Simulation, request: Request): Promise<Response> {
  const body = await readBody(request, resetBody);
  const { templates, scenario = simulation.scenario, seed = simulation.world().seed } = body;
  if (templates !== undefined && body.scenario !== undefined) {
    throw new ControlProblem(400, 'bad-body', 'Give either templates or a scenario.');
  }
  const now = simulation.clock.now();
  let world: World;
  try {
    world =
      templates === undefined ? createScenario(scenario, seed, now) : createFleet(templates, seed, now, body.lively);
  } catch (error) {
    if (error instanceof UnknownScenario) throw new ControlProblem(400, 'no-such-scenario', error.message);
    throw error;
  }
  simulation.replaceWorld(world);
  simulation.scenario = scenario;
  simulation.faults.replace([]);
  simulation.isAway = false;
  return Response.json(summarizeSimulation(simulation));
}

function restartRay(simulation: Simulation): Response {
  simulation.replaceWorld(createRestartedWorld(simulation.world(), simulation.clock.now()));
  return Response.json({ sessionName: simulation.world().sessionName });
}

async function setAway(simulation: Simulation, request: Request): Promise<Response> {
  simulation.isAway = (await readBody(request, awayBody)).away;
  return Response.json({ away: simulation.isAway });
}

async function advanceClock(simulation: Simulation, request: Request): Promise<Response> {
  simulation.clock.advance((await readBody(request, clockBody)).advanceMs);
  return Response.json({ now: simulation.world().now });
}

function listFaults(simulation: Simulation): Response {
  return Response.json(simulation.faults.list());
}

async function replaceFaults(simulation: Simulation, request: Request): Promise<Response> {
  const faults = await readBody(request, faultsBody);
  simulation.faults.replace(faults.map((fault) => ({ ...fault, ms: fault.ms ?? 0 })));
  return listFaults(simulation);
}

function fillAllNodes(simulation: Simulation): Response {
  return Response.json({ submissionIds: fillNodes(simulation.world()) });
}

/** Another administrator's edit on the newest revision; replies with Ray's reply to it. */
async function editCluster(simulation: Simulation, request: Request, clusterId: string): Promise<Response> {
  const { replicaSets } = await readBody(request, clusterBody);
  const world = simulation.world();
  const cluster = world.clusters.get(clusterId);
  if (cluster === undefined)
    throw new ControlProblem(404, 'no-such-cluster', `There is no virtual cluster ${clusterId}.`);
  const { divisible } = cluster;
  const revision = String(cluster.revision);
  return toResponse(
    saveReply(world, JSON.stringify({ virtualClusterId: clusterId, divisible, replicaSets, revision })),
    'POST',
  );
}

async function addNodes(simulation: Simulation, request: Request): Promise<Response> {
  const { templateId, count } = await readBody(request, nodesBody);
  const world = simulation.world();
  return Response.json({ nodeIds: Array.from({ length: count }, () => addNode(world, templateId).id) });
}

function removeNode(simulation: Simulation, _: Request, nodeId: string): Response {
  const world = simulation.world();
  const node = world.nodes.get(nodeId);
  if (node === undefined) throw new ControlProblem(404, 'no-such-node', `There is no node ${nodeId}.`);
  if (node.isHead)
    throw new ControlProblem(409, 'head-node', 'Without its head node there is no Ray. Restart it, or let it go away.');
  if (node.state !== 'alive') throw new ControlProblem(409, 'already-dead', `The node ${nodeId} is dead already.`);
  killNode(world, node);
  return Response.json({ nodeId });
}

async function startJob(simulation: Simulation, request: Request): Promise<Response> {
  const { virtualClusterId, replicaSets, cpus = 0, entrypoint = 'python job.py' } = await readBody(request, jobBody);
  const job = submitJob(simulation.world(), {
    entrypoint,
    clusterId: virtualClusterId,
    replicaSets: replicaSets === undefined ? null : new Map(Object.entries(replicaSets)),
    cpus,
  });
  return Response.json({ submissionId: job.submissionId });
}

function finishJob(simulation: Simulation, _: Request, submissionId: string): Response {
  const world = simulation.world();
  const job = world.jobs.get(submissionId);
  if (job === undefined) throw new ControlProblem(404, 'no-such-job', `There is no job ${submissionId}.`);
  if (!endJob(world, job, 'SUCCEEDED')) {
    throw new ControlProblem(
      409,
      'not-running',
      `The job ${submissionId} is ${job.status}: only a job that runs can finish.`,
    );
  }
  return Response.json({ submissionId, status: job.status });
}
