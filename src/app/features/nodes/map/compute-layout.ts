import { computeLayoutByCluster } from './layout-by-cluster.ts';
import { computeLayoutByTemplate } from './layout-by-template.ts';
import { freeShareOf } from './stable-packing.ts';
import type { Grouping } from '../../../routing/map-query.ts';
import { compareTemplateOrNull, type Layout } from './layout.ts';
import type { Section } from './map-model.ts';

/** More room than this that vanished groups left behind is closed up. */
const MAX_FREE_SHARE = 0.3;
/** What a person is looking at stays where it is until the plot's aspect has changed by this factor. */
export const ASPECT_TOLERANCE = 1.3;

/**
 * Where everything stands, near the aspect (width over height). What `previous` placed stays there, until the aspect or the
 * grouping is another, the fleet has doubled or halved, or too much room was left behind.
 */
export function computeLayout(
  sections: Iterable<Section>,
  grouping: Grouping,
  aspect: number,
  previous: Layout | null,
): Layout {
  const all = [...sections].filter(({ slots }) => slots > 0).sort(inOrder);
  const slots = all.reduce((sum, section) => sum + section.slots, 0);
  const lay = grouping === 'cluster' ? computeLayoutByCluster : computeLayoutByTemplate;
  const memory = previous?.memory;
  const keeps =
    memory !== undefined &&
    previous?.grouping === grouping &&
    isNearAspect(memory.aspect, aspect, ASPECT_TOLERANCE) &&
    slots <= memory.slots * 2 &&
    slots >= memory.slots / 2;
  if (keeps) {
    const kept = lay(all, { aspect, slots: memory.slots }, memory);
    if (freeShareOf(kept.memory.groups) <= MAX_FREE_SHARE) return kept;
  }
  return lay(all, { aspect, slots }, null);
}

/** A plot's width over its height. */
export function aspectOf(width: number, height: number): number {
  return width <= 0 || height <= 0 ? 1 : width / height;
}

/** Whether one aspect differs from the other by no more than a factor: a window's edge that is dragged does not move everything at each step. */
export function isNearAspect(a: number, b: number, factor: number): boolean {
  return Math.max(a / b, b / a) <= factor;
}

/** The free pool first, then virtual clusters by id, each before its job clusters; templates as people read them. */
function inOrder(a: Section, b: Section): number {
  return (
    compareOrNull(a.clusterId, b.clusterId) ||
    compareOrNull(a.jobClusterId, b.jobClusterId) ||
    compareTemplateOrNull(a.templateId, b.templateId)
  );
}

function compareOrNull(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
