import type { UsageSummaryRow } from '../../../contract/usage.ts';
import type { SummarySort } from '../../routing/usage-query.ts';
import { text } from '../../text/text.ts';

/** The sums over all rows. */
export interface SummaryTotals {
  readonly held: number;
  readonly used: number;
  readonly reserved: number;
  readonly idle: number;
  readonly dead: number;
  readonly percent: number | null;
  readonly neverNeeded: number;
}

/** The rows in an order; those without a value come last, and equals by virtual cluster and template. */
export function sortedRows(
  rows: readonly UsageSummaryRow[],
  sort: SummarySort,
  descending: boolean,
): readonly UsageSummaryRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [sortValue(a, sort), sortValue(b, sort)];
    if (one !== other) {
      if (one === null) return 1;
      if (other === null) return -1;
      return sign * (typeof one === 'string' ? compareText(one, String(other)) : one - Number(other));
    }
    return compareText(a.clusterId, b.clusterId) || compareText(a.templateId, b.templateId);
  });
}

function sortValue(row: UsageSummaryRow, sort: SummarySort): string | number | null {
  switch (sort) {
    case 'cluster':
      return row.clusterId;
    case 'template':
      return row.templateId;
    case 'held':
      return row.heldHours;
    case 'used':
      return row.usedHours;
    case 'reserved':
      return row.reservedHours;
    case 'idle':
      return row.idleHours;
    case 'dead':
      return row.deadHours;
    case 'percent':
      return usedFraction(row);
    case 'peak':
      return row.peakUsed;
    case 'never-needed':
      return row.neverNeeded;
    case 'idle-since':
      // The longest idle is the largest.
      return row.idleSince === null ? null : -row.idleSince;
  }
}

// Made once: a comparison that makes its own collator costs 100 times as much, and there may be 10,000 rows.
const collator = new Intl.Collator(text.language, { numeric: true });

function compareText(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * The fraction used of the node-hours whose use is known; null without any. Held hours of an unknown use count neither as
 * used nor as idle.
 */
export function usedFraction(row: Pick<UsageSummaryRow, 'usedHours' | 'reservedHours' | 'idleHours' | 'deadHours'>) {
  const known = row.usedHours + row.reservedHours + row.idleHours + row.deadHours;
  return known > 0 ? row.usedHours / known : null;
}

export function totalsOf(rows: readonly UsageSummaryRow[]): SummaryTotals {
  const sum = (of: (row: UsageSummaryRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const used = sum(({ usedHours }) => usedHours);
  const reserved = sum(({ reservedHours }) => reservedHours);
  const idle = sum(({ idleHours }) => idleHours);
  const dead = sum(({ deadHours }) => deadHours);
  return {
    held: sum(({ heldHours }) => heldHours),
    used,
    reserved,
    idle,
    dead,
    percent: usedFraction({ usedHours: used, reservedHours: reserved, idleHours: idle, deadHours: dead }),
    neverNeeded: sum(({ exists, neverNeeded }) => (exists ? (neverNeeded ?? 0) : 0)),
  };
}

/** Where nodes could be given back: most first. */
export function idleCapacity(rows: readonly UsageSummaryRow[]): readonly (UsageSummaryRow & { neverNeeded: number })[] {
  return rows
    .filter(
      (row): row is UsageSummaryRow & { neverNeeded: number } =>
        row.exists && row.neverNeeded !== null && row.neverNeeded > 0,
    )
    .toSorted(
      (a, b) =>
        b.neverNeeded - a.neverNeeded ||
        compareText(a.clusterId, b.clusterId) ||
        compareText(a.templateId, b.templateId),
    );
}
