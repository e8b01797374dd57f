import { memo } from 'react';
import type { TemplateNodes } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { fullTimeText } from '../../ui/time-text.ts';
import { nodeUsesAsOf, countNodeUses, uses } from './node-use-counts.ts';
import classes from './usage-bar.module.css';

interface UsageBarProps {
  /** The nodes that it shows: a virtual cluster's, or those of one of its templates. */
  readonly templates: readonly TemplateNodes[];
  /** Whether it stands in a chip, of one template. */
  readonly isInChip?: boolean;
}

/** What nodes do, as a bar with a text alternative. */
export const UsageBar = memo(function UsageBar({ templates, isInChip = false }: UsageBarProps) {
  if (templates.length === 0) return null;
  const usage = countNodeUses({ templates });
  const asOf = nodeUsesAsOf({ templates });
  const now = text.clusters.usage(uses.map((use) => [use, usage[use]]));
  const label = asOf === null ? now : text.joins.list([now, text.facts.asOf(fullTimeText(asOf))]);
  return (
    <span
      role="img"
      className={`node-parts ${classes['bar'] ?? ''}`}
      data-in-chip={isInChip}
      data-last-known={asOf !== null}
      aria-label={label}
      title={label}
    >
      {uses.map(
        (use) =>
          usage[use] > 0 && <i key={use} className="node-part" data-part={use} style={{ flexGrow: usage[use] }} />,
      )}
    </span>
  );
});
