import { shownValue } from '../../../../domain/sourced.ts';
import { text } from '../../../text/text.ts';
import { LastKnown } from '../../../ui/sourced-value.tsx';
import type { TemplateTotals } from './template-totals.ts';

const words = text.clusters.free;

interface FreeCountProps {
  readonly totals: Pick<TemplateTotals, 'pool'>;
  /** Without how many are alive. */
  readonly isBrief?: boolean;
}

/** How many of a template's alive nodes are free, in words. */
export function FreeCount({ totals: { pool }, isBrief = false }: FreeCountProps) {
  if (pool === null) return words.noneAlive;
  const { free, alive } = pool;
  const count = countText(shownValue(free)?.value ?? null, isBrief ? null : (shownValue(alive)?.value ?? null));
  return !free.known && free.last !== undefined ? (
    <LastKnown fact={free} at={free.last.at}>
      {count}
    </LastKnown>
  ) : (
    <span className={free.known ? undefined : 'quiet'}>{count}</span>
  );
}

function countText(free: { readonly count: number; readonly atMost: boolean } | null, of: number | null): string {
  if (of === 0) return words.noneAlive;
  if (free === null) return of === null ? text.facts.unknown : words.unknownOf(of);
  const { count, atMost } = free;
  if (of === null) return atMost ? words.someAtMost(count) : words.some(count);
  return atMost ? words.atMost(count, of) : words.ofAll(count, of);
}
