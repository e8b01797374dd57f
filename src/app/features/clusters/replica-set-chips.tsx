import { useLayoutEffect, useRef, useState } from 'react';
import type { TemplateNodes } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { TemplateChip } from '../../ui/template-chip.tsx';
import { UsageBar } from './usage-bar.tsx';
import { fittingCount } from './fit-lines.ts';
import { MAX_VISIBLE_TEMPLATES, urgentFirst, visibleTemplatesOf } from './visible-templates.ts';
import classes from './replica-set-chips.module.css';

const words = text.clusters;

/** As in the styles, px. */
const GAP = 4;
const COUNT_WIDTH = 60;

/**
 * A row's templates on a fixed number of lines, with a button that counts those that don't fit and shows them all. What
 * does not fit stays in the document, so that the browser's search and screen readers find it.
 */
export function ReplicaSetChips({
  templates,
  lines,
  isPrinting,
}: {
  readonly templates: readonly TemplateNodes[];
  readonly lines: 1 | 2;
  readonly isPrinting: boolean;
}) {
  const [isAsked, setAsked] = useState(false);
  const isWhole = isAsked || isPrinting;
  const [clipped, setClipped] = useState(0);
  const chips = useRef<HTMLSpanElement>(null);
  const { shown, more } = visibleTemplatesOf(templates, isWhole ? templates.length : MAX_VISIBLE_TEMPLATES);

  useLayoutEffect(() => {
    const place = chips.current?.parentElement;
    if (place === null || place === undefined || isWhole) return undefined;
    const { shown, more } = visibleTemplatesOf(templates);
    const measure = () => {
      const widths = new Map(shown.map((each, at) => [each, fullWidth(chips.current?.children[at])]));
      const fitting = (inOrder: readonly TemplateNodes[], countWidth: number) =>
        fittingCount(
          inOrder.map((each) => widths.get(each) ?? 0),
          { width: place.clientWidth, lines, gap: GAP, countWidth },
        );
      const isAll = more.length === 0 && fitting(shown, 0) === shown.length;
      setClipped(isAll ? 0 : shown.length - fitting(urgentFirst(shown), COUNT_WIDTH));
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    return () => observer.disconnect();
  }, [templates, lines, isWhole]);

  if (templates.length === 0) return <span className="quiet">{words.noNodes}</span>;
  const inOrder = clipped > 0 && !isWhole ? urgentFirst(shown) : shown;
  const fitting = shown.length - clipped;
  const hidden = isWhole ? [] : [...inOrder.slice(fitting), ...more];
  return (
    <span className={classes['sets-line']}>
      <span ref={chips} className={classes['chips']} data-lines={isWhole ? 'all' : lines}>
        {shown.map((each) => (
          <TemplateChip key={each.templateId} nodes={each} order={inOrder.indexOf(each) - fitting}>
            <UsageBar templates={[each]} isInChip />
          </TemplateChip>
        ))}
      </span>
      {(hidden.length > 0 || isWhole) && (
        <button
          type="button"
          className={`link-button ${classes['more'] ?? ''}`}
          aria-expanded={isWhole}
          title={text.joins.list(hidden.map(({ templateId, count }) => words.free.jobClusterNodes(templateId, count)))}
          onClick={() => setAsked(!isWhole)}
        >
          {isWhole ? words.free.showFewer : words.more(hidden.length)}
        </button>
      )}
    </span>
  );
}

/** The width of a chip whose name is not cut. */
function fullWidth(chip: Element | undefined): number {
  const name = chip?.firstElementChild;
  if (chip === undefined || name === null || name === undefined) return 0;
  return chip.getBoundingClientRect().width + name.scrollWidth - name.clientWidth;
}
