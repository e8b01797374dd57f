import type { Load, NodeUsage, UsageSample } from '../../domain/usage-sample.ts';
import { LOAD_SCALE, type Values } from './sums.ts';
import type { SeriesKey } from './usage-store.ts';

/** Numbers for series, in the order in which they are first met. */
export interface SeriesNumbers {
  readonly keys: readonly SeriesKey[];
  /** Its number; a new one where there is none. */
  of(kind: SeriesKey['kind'], clusterId: string | null, templateId: string | null): number;
  /** As `of`, for several of one virtual cluster, which is looked up once. */
  within(kind: SeriesKey['kind'], clusterId: string | null): (templateId: string | null) => number;
  /** Its number; null where there is none. */
  find(kind: SeriesKey['kind'], clusterId: string | null, templateId: string | null): number | null;
}

export function createSeriesNumbers(stored: readonly SeriesKey[]): SeriesNumbers {
  const keys: SeriesKey[] = [];
  const byKind = { nodes: new Map(), load: new Map(), free: new Map() } satisfies Record<
    SeriesKey['kind'],
    Map<string | null, Map<string | null, number>>
  >;
  function inCluster(kind: SeriesKey['kind'], clusterId: string | null): Map<string | null, number> {
    const clusters: Map<string | null, Map<string | null, number>> = byKind[kind];
    let templates = clusters.get(clusterId);
    if (templates === undefined) clusters.set(clusterId, (templates = new Map<string | null, number>()));
    return templates;
  }
  function within(kind: SeriesKey['kind'], clusterId: string | null): (templateId: string | null) => number {
    const templates = inCluster(kind, clusterId);
    return (templateId) => {
      let number = templates.get(templateId);
      if (number === undefined) {
        number = keys.push({ kind, clusterId, templateId }) - 1;
        templates.set(templateId, number);
      }
      return number;
    };
  }
  const of: SeriesNumbers['of'] = (kind, clusterId, templateId) => within(kind, clusterId)(templateId);
  for (const { kind, clusterId, templateId } of stored) of(kind, clusterId, templateId);
  return {
    keys,
    of,
    within,
    find(kind, clusterId, templateId) {
      const clusters: Map<string | null, Map<string | null, number>> = byKind[kind];
      return clusters.get(clusterId)?.get(templateId) ?? null;
    },
  };
}

/** A sample's values by series, with the sums of each virtual cluster, of each template and of all; holes where there are none. */
export function seriesOfSample(sample: UsageSample, numbers: SeriesNumbers): readonly (Values | undefined)[] {
  const series = numbers.keys.map((): Values | undefined => undefined);
  // A new series' number is the next one.
  const set = (number: number, values: Values) => {
    series[number] = values;
  };
  const byTemplate = new Map<string, number[]>();
  const all = [0, 0, 0, 0, 0];
  for (const [clusterId, { templates, load }] of sample.clusters) {
    const own = [0, 0, 0, 0, 0];
    const numberOf = numbers.within('nodes', clusterId);
    for (const [templateId, nodes] of templates) {
      const values = nodeValues(nodes);
      set(numberOf(templateId), values);
      let ofTemplate = byTemplate.get(templateId);
      if (ofTemplate === undefined) byTemplate.set(templateId, (ofTemplate = [0, 0, 0, 0, 0]));
      addTo(own, values);
      addTo(ofTemplate, values);
    }
    addTo(all, own);
    set(numberOf(null), own);
    set(numbers.of('load', clusterId, null), loadValues(load));
  }
  for (const [templateId, sum] of byTemplate) set(numbers.of('nodes', null, templateId), sum);
  set(numbers.of('nodes', null, null), all);
  for (const [templateId, free] of sample.free) set(numbers.of('free', null, templateId), [free ?? -1]);
  return series;
}

function nodeValues({ held, used, reserved, idle, dead }: NodeUsage): Values {
  return [held, used ?? -1, reserved ?? -1, idle ?? -1, dead ?? -1];
}

function loadValues({ jobs, cpuUsed, cpuTotal, gpuUsed, gpuTotal }: Load): Values {
  const scaled = (amount: number | null) => (amount === null ? -1 : Math.round(Math.max(0, amount) * LOAD_SCALE));
  return [jobs ?? -1, scaled(cpuUsed), scaled(cpuTotal), scaled(gpuUsed), scaled(gpuTotal)];
}

/** A sum with an unknown part is unknown. */
function addTo(sum: number[], values: Values): void {
  for (let i = 0; i < sum.length; i++) {
    const before = sum[i] ?? -1;
    const more = values[i] ?? -1;
    sum[i] = before < 0 || more < 0 ? -1 : before + more;
  }
}
