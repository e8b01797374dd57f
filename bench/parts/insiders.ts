import { loadavg } from 'node:os';
import { randomUUID } from 'node:crypto';
import { paths } from '../../src/contract/paths.ts';
import type { BenchRay } from '../bench-ray.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { fillDataFolder, templatesOf } from '../journal-fixture.ts';
import { median, quantile, type Report } from '../measurements.ts';
import { openSlowConnections } from '../slow-connections.ts';
import { delay, waitUntilSettled } from '../wait.ts';

/** What must hold while people who are in do their worst. */
const limits = { reads: 2, pauseMs: 250, memoryRatio: 1.5, memoryMb: 512 } as const;

/** The journal: mostly small changes, then some from before changes were bounded, then the largest that are allowed. */
const ROWS = [
  { count: 97_900, templates: 4 },
  { count: 100, templates: 35_000 },
  { count: 2_000, templates: 256 },
];

const SLOW_CONNECTIONS = 64;
/** Between two reads of somebody else, and between two requests of the script, ms. */
const READ_PAUSE = 100;
const SCRIPT_PAUSE = 50;
const OPERATOR_PAUSE = 100;
/** Others' usual times are taken for so long before each minute, so that whatever else the machine does is in both. */
const QUIET_MS = 20_000;

/** What everybody reads; `who=nobody` looks through the whole journal. */
const reads = [paths.fleet, paths.changes, `${paths.changes}?who=nobody`, paths.nodes, paths.clusterNodes('team-0001')];

/** How long reads took, in ms, and the worst that the console's process went through meanwhile. */
interface Phase {
  readonly ms: readonly number[];
  readonly longestPause: number;
  readonly mostWork: number;
  readonly mostMemory: number;
  /** Of a core, from 0. */
  readonly processor: number;
}

/**
 * A viewer with 64 slow connections, an operator with the largest changes allowed and a script with a withdrawn token, together for
 * `minutes`, over a journal of 100,000 changes: what others notice of it, against their usual times before each minute.
 */
export async function benchInsiders({
  report,
  ray,
  minutes,
}: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly minutes: number;
}): Promise<void> {
  const [nodes, clusters] = [1_000, 10];
  await ray.fleet(nodes, clusters);
  let tokens: Awaited<ReturnType<typeof fillDataFolder>> | null = null;
  const console = await startConsole(ray.address, async (dataDir) => {
    tokens = await fillDataFolder(dataDir, ray.address, ROWS);
  });
  try {
    if (tokens === null) throw new Error('no tokens');
    const { viewer, operator, others }: Awaited<ReturnType<typeof fillDataFolder>> = tokens;
    await waitUntilSettled(ray);
    await readWhile(console, others, QUIET_MS);
    const quiet: Phase[] = [];
    const attacked: Phase[] = [];
    const counts = { saved: 0, refused: 0, slow: new Map<string, number>() };
    for (let minute = 0; minute < minutes; minute += 1) {
      quiet.push(await readWhile(console, others, QUIET_MS));
      const slow = openSlowConnections(console.address, slowRequests(console.address, viewer));
      let isOver = false;
      const until = () => isOver;
      const saves = saveLargest(console.address, operator, until);
      const refusals = askWithStaleToken(console.address, until);
      attacked.push(await readWhile(console, others, 60_000));
      isOver = true;
      counts.saved += await saves;
      counts.refused += await refusals;
      slow.end();
      for (const [status, times] of slow.statuses()) counts.slow.set(status, (counts.slow.get(status) ?? 0) + times);
      await delay(2_000);
    }
    const usual = quiet.flatMap(({ ms }) => ms);
    const during = attacked.flatMap(({ ms }) => ms);
    const served = [...counts.slow].map(([status, times]) => `${String(times)} × ${status}`);
    const reported = `${String(counts.refused)} requests with the stale token; slow replies: ${served.join(', ')}; load ${loadavg()
      .map((each) => each.toFixed(1))
      .join(', ')}`;
    const common = { part: 'insiders', nodes };
    const times = (of: (ms: readonly number[]) => number, what: string) =>
      report({
        ...common,
        what: `others' reads, ${what}, under attack against usual`,
        value: of(during) / of(usual),
        unit: 'ratio',
        atMost: limits.reads,
        note: `${of(during).toFixed(1)} ms of ${String(during.length)} against ${of(usual).toFixed(1)} ms of ${String(usual.length)}`,
      });
    times(median, 'median');
    times((ms) => quantile(ms, 0.95), '95th percentile');
    const pauses = (when: string, phases: readonly Phase[], atMost: number | null) =>
      report({
        ...common,
        what: `longest pause of the event loop, ${when}`,
        value: Math.max(...phases.map(({ mostWork }) => mostWork)),
        unit: 'ms',
        atMost,
        note: `of processor time; ${Math.max(...phases.map(({ longestPause }) => longestPause)).toFixed(0)} ms by the clock`,
      });
    pauses('usual', quiet, null);
    pauses('under attack', attacked, limits.pauseMs);
    report({ ...common, what: 'saves of the largest size', value: counts.saved, unit: 'count', note: reported });
    for (const [when, phases] of [
      ['usual', quiet],
      ['under attack', attacked],
    ] as const)
      report({
        ...common,
        what: `server processor, ${when}`,
        value: median(phases.map(({ processor }) => processor * 100)),
        unit: '% of a core',
      });
    report({
      ...common,
      what: 'most memory',
      value: memoryIn(attacked) / 1e6,
      unit: 'MB',
      atMost: limits.memoryMb,
      note: 'resident',
    });
    report({
      ...common,
      what: 'most memory, against before',
      value: memoryIn(attacked) / memoryIn(quiet.slice(0, 1)),
      unit: 'ratio',
      atMost: limits.memoryRatio,
    });
  } finally {
    await console.stop();
  }
}

const memoryIn = (phases: readonly Phase[]) => Math.max(...phases.map(({ mostMemory }) => mostMemory));

/** One request of each kind in turns: exports, pages, lists and streams. */
function slowRequests(address: string, token: string): readonly string[] {
  const asked = [paths.changesExport, paths.changes, paths.virtualClusters, paths.fleetEvents, paths.nodes, paths.map];
  return Array.from({ length: SLOW_CONNECTIONS }, (_, index) =>
    [
      `GET ${asked[index % asked.length] ?? '/'} HTTP/1.1`,
      `Host: ${new URL(address).host}`,
      `Authorization: Bearer ${token}`,
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );
}

/** Reads in turns, one after the other; watches the process each second. */
async function readWhile(console: BenchConsole, token: string, ms: number): Promise<Phase> {
  const times: number[] = [];
  const headers = { Authorization: `Bearer ${token}` };
  const { cpu } = await console.strain();
  let mostMemory = 0;
  let longestPause = 0;
  let mostWork = 0;
  const began = performance.now();
  let looked = began;
  for (let turn = 0; performance.now() - began < ms; turn += 1) {
    const started = performance.now();
    const reply = await fetch(console.address + (reads[turn % reads.length] ?? ''), { headers });
    await reply.arrayBuffer();
    if (!reply.ok) throw new Error(`Somebody else's read was refused: ${String(reply.status)}`);
    times.push(performance.now() - started);
    await delay(READ_PAUSE);
    if (performance.now() - looked < 1_000) continue;
    looked = performance.now();
    const strain = await console.strain();
    mostMemory = Math.max(mostMemory, strain.rss);
    longestPause = Math.max(longestPause, strain.longestPause);
    mostWork = Math.max(mostWork, strain.mostWork);
  }
  const processor = ((await console.strain()).cpu - cpu) / (performance.now() - began);
  return { ms: times, longestPause, mostWork, mostMemory, processor };
}

/** Creations of the largest size, which Ray refuses for want of nodes; how many. */
async function saveLargest(address: string, token: string, isOver: () => boolean): Promise<number> {
  const body = JSON.stringify({
    kind: 'save',
    clusterId: 'team-a-large',
    divisible: false,
    base: null,
    want: templatesOf(256, 64),
  });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  let saved = 0;
  for (; !isOver(); saved += 1) {
    const reply = await fetch(address + paths.change(randomUUID()), { method: 'PUT', headers, body });
    await reply.arrayBuffer();
    if (reply.status !== 200) throw new Error(`A largest save was answered ${String(reply.status)}`);
    await delay(OPERATOR_PAUSE);
  }
  return saved;
}

/** A script that goes on with a token that was withdrawn; how often it asked. */
async function askWithStaleToken(address: string, isOver: () => boolean): Promise<number> {
  let asked = 0;
  for (; !isOver(); asked += 1) {
    const reply = await fetch(address + paths.virtualClusters, { headers: { Authorization: 'Bearer withdrawn' } });
    await reply.arrayBuffer();
    if (reply.ok) throw new Error('A withdrawn token was accepted');
    await delay(SCRIPT_PAUSE);
  }
  return asked;
}
