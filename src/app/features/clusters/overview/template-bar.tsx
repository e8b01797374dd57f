import { memo } from 'react';
import { text } from '../../../text/text.ts';
import type { TermName } from '../../../text/help.ts';
import { Term } from '../../../ui/term.tsx';
import type { NodesFilter } from '../list-query.ts';
import { nodeParts, type NodePart, type TemplateTotals } from './template-totals.ts';
import classes from './template-bar.module.css';

const words = text.overview;
const { ended, sentences } = text.joins;

interface TemplateBarProps {
  readonly totals: TemplateTotals;
  readonly filter: NodesFilter | null;
  readonly onFilter: (filter: NodesFilter | null) => void;
}

/** A template's nodes as one bar; each part that is known is a button that filters what stands below. */
export function TemplateBar({ totals, filter, onFilter }: TemplateBarProps) {
  const { templateId, parts, unknown, asOf } = totals;
  return (
    <span className={`node-parts ${classes['bar'] ?? ''}`} data-last-known={asOf !== null}>
      {nodeParts.map((part) => parts[part] > 0 && <Part key={part} {...{ part, totals, filter, onFilter }} />)}
      {unknown > 0 && (
        <span
          className={`node-part ${classes['part'] ?? ''}`}
          data-part="unknown"
          style={{ flexGrow: unknown }}
          title={sentences([ended(words.part(templateId, 'unknown', unknown)), words.help.unknown])}
        >
          <span aria-hidden="true">{text.facts.count(unknown)}</span>
          <span className="visually-hidden">{words.part(templateId, 'unknown', unknown)}</span>
        </span>
      )}
    </span>
  );
}

function Part({ part, totals, filter, onFilter }: TemplateBarProps & { readonly part: NodePart }) {
  const { templateId, parts, pool } = totals;
  const isPressed = filter?.templateId === templateId && filter.part === part;
  const label = words.part(templateId, part, parts[part]);
  const isAtMost = part === 'free' && pool?.free.known === true && pool.free.value.atMost;
  return (
    <button
      type="button"
      className={`node-part ${classes['part'] ?? ''}`}
      data-part={part}
      data-at-most={isAtMost}
      style={{ flexGrow: parts[part] }}
      aria-pressed={isPressed}
      aria-label={label}
      title={sentences([ended(label), words.help[part], ended(words.showOnly(part, templateId))])}
      tabIndex={-1}
      onClick={() => onFilter(isPressed ? null : { part, templateId })}
    >
      {text.facts.count(parts[part])}
    </button>
  );
}

const terms = {
  used: 'used',
  reserved: 'reserved',
  idle: 'idle',
  free: 'free-pool',
  dead: 'dead',
} as const satisfies Record<NodePart, TermName>;

/** What the parts look like, and on a press what each means. */
export const TemplateLegend = memo(function TemplateLegend() {
  return (
    <ul className={`plain-list ${classes['legend'] ?? ''}`} aria-label={words.legend}>
      {nodeParts.map((part) => (
        <li key={part}>
          <span className={`node-part ${classes['part'] ?? ''}`} data-part={part} aria-hidden="true" />
          <Term of={terms[part]}>{words.parts[part]}</Term>
        </li>
      ))}
    </ul>
  );
});
