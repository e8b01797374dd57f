import { cellStates, EMPTY_CELL, type MapSection, type MapUpdate } from '../../../../../contract/map.ts';
import { seededRandom } from '../../../../../testing/harness/seeded-random.ts';

const letters = [...Object.keys(cellStates), EMPTY_CELL];
const templates = ['4c8g', '8c16g', '16c64g', 'gpu_a10'];

/** A random map of `nodes` nodes in `clusters` virtual clusters and the free pool, some of them in job clusters. */
export function randomMap(options: {
  readonly seed: number;
  readonly nodes: number;
  readonly clusters: number;
}): MapUpdate {
  const random = seededRandom(options.seed);
  const holders: { clusterId: string | null; jobClusterId: string | null }[] = [
    { clusterId: null, jobClusterId: null },
  ];
  for (let index = 0; index < options.clusters; index++) {
    const clusterId = `team-${String(index).padStart(3, '0')}`;
    holders.push({ clusterId, jobClusterId: null });
    if (random() < 0.3) holders.push({ clusterId, jobClusterId: `${clusterId}##raysubmit_${String(index)}` });
  }
  const each = options.nodes / (holders.length * templates.length);
  const sections: MapSection[] = [];
  for (const holder of holders) {
    for (const templateId of templates) {
      const slots = Math.round(each * (0.4 + 1.2 * random()));
      if (slots === 0) continue;
      let cells = '';
      for (let slot = 0; slot < slots; slot++)
        cells += random() < 0.6 ? 'b' : random() < 0.8 ? 'i' : letterBy(random());
      sections.push({
        key: [holder.clusterId ?? '', holder.jobClusterId ?? '', templateId].join('|'),
        ...holder,
        templateId,
        cells,
        slots,
        changed: [],
      });
    }
  }
  return { version: 'e-1', whole: true, sections, removed: [] };
}

function letterBy(share: number): string {
  return letters[Math.floor(share * letters.length)] ?? EMPTY_CELL;
}
