import type { FleetNode } from './fleet.ts';

/** A load in eighths: 0 only where nothing is used, 8 only where all is. */
const FULL_LOAD = 8;

/** How much of a node is used: the larger of its shares of CPUs and GPUs, in eighths. Null: not known. */
export function nodeLoad({ state, usage }: Pick<FleetNode, 'state' | 'usage'>): number | null {
  if (state !== 'alive' || !usage.known) return null;
  const shares = [usage.value.cpu, usage.value.gpu].flatMap((amount) =>
    amount === null || amount.total <= 0 ? [] : [amount.used / amount.total],
  );
  if (shares.length === 0) return null;
  const share = Math.max(...shares);
  if (share <= 0) return 0;
  return share >= 1 ? FULL_LOAD : Math.min(FULL_LOAD - 1, Math.max(1, Math.round(share * FULL_LOAD)));
}
