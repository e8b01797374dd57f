/** Sends one request to the simulator's control API or to Ray's own API. */
export type SendToSimulator = (method: 'POST', path: string, body: unknown) => Promise<unknown>;

const TEMPLATE_SHARES = { '4c8g': 0.4, '8c16g': 0.3, '16c64g': 0.2, gpu_a10: 0.1 } as const;

/** So many templates of equal shares. */
export function equalShares(templates: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Array.from({ length: templates }, (_, i) => [`template-${String(i)}`, 1 / templates] as const),
  );
}

/** Time for every job to get past its start, ms. */
const JOB_START_MS = 30_000;

/**
 * Sets up the fleet of a benchmark: `nodes` nodes of four templates, or of other shares, in `clusters` virtual clusters, every third one
 * divisible, a tenth of the nodes free, and a running job in every tenth cluster. `seed`: another one gives other node ids.
 */
export async function createBenchFleet(
  send: SendToSimulator,
  nodes: number,
  clusters: number,
  shares: Readonly<Record<string, number>> = TEMPLATE_SHARES,
  seed = 1,
): Promise<void> {
  const countsOf = (count: (share: number) => number) =>
    Object.fromEntries(Object.entries(shares).map(([id, share]) => [id, count(share)]));
  const templates = countsOf((share) => Math.round(nodes * share));
  await send('POST', '/simulator/reset', { seed, templates, lively: true });
  const replicaSets = countsOf((share) => Math.floor((nodes * 0.9 * share) / clusters));
  for (let index = 1; index <= clusters; index += 1) {
    const virtualClusterId = `team-${String(index).padStart(4, '0')}`;
    await send('POST', '/virtual_clusters', { virtualClusterId, divisible: index % 3 === 0, replicaSets });
    if (index % 10 === 1) await send('POST', '/simulator/jobs', { virtualClusterId, cpus: 1 });
  }
  await send('POST', '/simulator/clock', { advanceMs: JOB_START_MS });
}
