import { memo } from 'react';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { fullTimeText } from '../../ui/time-text.ts';
import { barSegmentsOf, usageAsOf, usageOf, uses, type BarPart } from './usage.ts';
import classes from './usage-bar.module.css';

/** The use of a virtual cluster's nodes as a bar with a text alternative. */
export const UsageBar = memo(function UsageBar({ cluster }: { readonly cluster: VirtualCluster }) {
  if (cluster.templates.length === 0) return null;
  const usage = usageOf(cluster);
  const parts = barSegmentsOf(usage);
  const asOf = usageAsOf(cluster);
  const now = text.clusters.usage(uses.map((use) => [use, usage[use]]));
  const label = asOf === null ? now : text.joins.list([now, text.facts.asOf(fullTimeText(asOf))]);
  // One element: there is a bar in every row, and each part is a layer of its background.
  const layers = [parts.used, parts.reserved, parts.dead, parts.unknown];
  const style = { backgroundSize: layers.map(size).join(', '), backgroundPosition: layers.map(position).join(', ') };
  return (
    <span
      role="img"
      className={classes['bar']}
      data-last-known={asOf !== null}
      aria-label={label}
      title={label}
      style={style}
    />
  );
});

function size({ width }: BarPart): string {
  return `${percent(width)} 100%`;
}

/** The position of a layer. CSS takes the percentage of the space that the layer leaves free. */
function position({ start, width }: BarPart): string {
  return `${percent(width >= 1 ? 0 : start / (1 - width))} 0`;
}

function percent(share: number): string {
  return `${String(Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100)}%`;
}
