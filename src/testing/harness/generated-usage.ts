import { createUsageHistory, type UsageHistory } from '../../backend/usage/usage-history.ts';
import { DAY, type UsageStore } from '../../backend/usage/usage-store.ts';
import { MINUTE, type NodeUsage, type UsageSample } from '../../domain/usage-sample.ts';
import { seededRandom } from './seeded-random.ts';

export const historyStart = 20_000 * DAY + 20 * 60 * MINUTE;

/** A fleet over some time by seed: deaths, work, unknown values, re-created ids, restarts of Ray, and minutes without a sample. */
export function generateHistory(seed: number, minutes: number): readonly UsageSample[] {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const clusters = new Map<string, Map<string, NodeUsage>>();
  const samples: UsageSample[] = [];
  let off = 0;
  for (let n = 0; n < minutes; n++) {
    // A Ray that starts again has forgotten all of them.
    if (random() < 0.003) clusters.clear();
    for (const id of ['a', 'b', 'c'])
      if (random() < 0.02) {
        if (clusters.has(id)) clusters.delete(id);
        else clusters.set(id, new Map());
      }
    for (const templates of clusters.values())
      for (const template of ['x', 'y']) {
        if (random() < 0.9) continue;
        const [used, reserved, idle, dead] = [below(3), below(2), below(3), below(2)];
        const isKnown = random() < 0.85;
        const held = used + reserved + idle + dead;
        const unknown = { used: null, reserved: null, idle: null };
        if (held === 0) templates.delete(template);
        else templates.set(template, { held, dead, used, reserved, idle, ...(isKnown ? {} : unknown) });
      }
    if (off > 0) off -= 1;
    else if (random() < 0.01) off = below(90);
    if (off > 0) continue;
    samples.push({
      at: historyStart + n * MINUTE,
      clusters: new Map(
        [...clusters].map(([id, templates]) => [
          id,
          {
            templates: new Map(templates),
            load: { jobs: below(3), cpuUsed: null, cpuTotal: 8, gpuUsed: 0, gpuTotal: 0 },
          },
        ]),
      ),
      free: new Map([['x', random() < 0.9 ? below(5) : null]]),
    });
  }
  return samples;
}

export function historyOver(store: UsageStore, now: () => number): UsageHistory {
  return createUsageHistory({ store, clock: { now }, days: 400, mostBytes: 1e9, pause: () => Promise.resolve() });
}
