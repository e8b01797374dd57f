import { computeLayoutByCluster, emptyShareOf } from './layout-by-cluster.ts';
import { computeLayoutByTemplate } from './layout-by-template.ts';
import { freeShareOf } from './stable-packing.ts';
import type { Grouping } from '../../../../routing/map-query.ts';
import { aspectOf, compareTemplateOrNull, type Layout } from './layout.ts';
import type { Section } from './map-model.ts';
import type { Size } from './viewport.ts';

/** The layout is computed from scratch once gaps of vanished groups take more than this share. */
const MAX_FREE_SHARE = 0.3;
/** The layout is kept until the plot's aspect or its area's root has changed by this factor. */
export const PLOT_TOLERANCE = 1.3;

/**
 * Lays out the sections for a plot, CSS pixels. Keeps the positions of `previous` until the plot or the grouping changes, the
 * fleet has doubled or halved, a card has no room for its nodes, or gaps take too much room.
 */
export function computeLayout(
  sections: Iterable<Section>,
  grouping: Grouping,
  plot: Size,
  previous: Layout | null,
): Layout {
  const all = [...sections].filter(({ slots }) => slots > 0).sort(inOrder);
  const slots = all.reduce((sum, section) => sum + section.slots, 0);
  const lay = grouping === 'cluster' ? computeLayoutByCluster : computeLayoutByTemplate;
  const memory = previous?.memory;
  const keeps =
    memory !== undefined &&
    previous?.grouping === grouping &&
    isNearPlot(memory.plot, plot, PLOT_TOLERANCE) &&
    slots <= memory.slots * 2 &&
    slots >= memory.slots / 2;
  if (keeps) {
    const kept = lay(all, { plot: memory.plot, slots: memory.slots }, memory);
    const empty = kept.grouping === 'cluster' ? emptyShareOf(kept) : freeShareOf(kept.memory.strips?.groups ?? []);
    if (empty <= MAX_FREE_SHARE) return kept;
  }
  return lay(all, { plot, slots }, null);
}

/** Whether two plots differ by at most a factor, so that dragging the window's edge does not move everything at each step. */
export function isNearPlot(a: Size, b: Size, factor: number): boolean {
  return (
    isNear(aspectOf(a), aspectOf(b), factor) &&
    isNear(Math.sqrt(a.width * a.height), Math.sqrt(b.width * b.height), factor)
  );
}

function isNear(a: number, b: number, factor: number): boolean {
  return Math.max(a / b, b / a) <= factor;
}

/** The free pool first, then virtual clusters by id, each before its job clusters; templates in natural order. */
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
