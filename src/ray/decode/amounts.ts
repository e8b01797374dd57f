import type { Amount, ResourceUse } from '../../domain/sources.ts';

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
  ['TiB', 1024 ** 4],
  ['PiB', 1024 ** 5],
]);

/** A number, or Ray's text for one: `4.0`, `22.957 GiB`, `80.00MiB`. Bytes for memory; null for anything else (fact 16). */
export function readAmount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  // Scanned without a pattern, for speed: it runs eight times a node.
  let end = digitsFrom(value, 0);
  if (end === 0) return null;
  if (value.charCodeAt(end) === 46) {
    const after = digitsFrom(value, end + 1);
    if (after === end + 1) return null;
    end = after;
  }
  const power = /^e[+-]?\d+/.exec(value.charCodeAt(end) === 101 ? value.slice(end) : '');
  end += power?.[0].length ?? 0;
  const unit = units.get(value.slice(value.charCodeAt(end) === 32 ? end + 1 : end));
  return unit === undefined ? null : Number(value.slice(0, end)) * unit;
}

/** The index at which the digits from `from` on end. */
function digitsFrom(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!(code >= 48 && code <= 57)) return at;
    at += 1;
  }
}

const names = { cpu: 'CPU', gpu: 'GPU', memory: 'memory', objectStore: 'object_store_memory' } as const;

/** A node's usage, given the amount of each of Ray's resources; null when one is malformed. */
export function usageFrom(amountOf: (resource: string) => Amount | 'none' | 'malformed'): ResourceUse | null {
  const cpu = amountOf(names.cpu);
  const gpu = amountOf(names.gpu);
  const memory = amountOf(names.memory);
  const objectStore = amountOf(names.objectStore);
  if (cpu === 'malformed' || gpu === 'malformed' || memory === 'malformed' || objectStore === 'malformed') return null;
  return { cpu: orNull(cpu), gpu: orNull(gpu), memory: orNull(memory), objectStore: orNull(objectStore) };
}

function orNull(amount: Amount | 'none'): Amount | null {
  return amount === 'none' ? null : amount;
}

/** Nodes of one template mostly have the same amounts, and idle ones use the same: what is equal in a reading becomes one object. */
export interface UsagePool {
  share(usage: ResourceUse): ResourceUse;
}

/** How many different usages are looked for; whatever comes after these is rare. */
const MAX_SHARED = 1_000;

export function createUsagePool(): UsagePool {
  const usages = new Map<string, ResourceUse>();
  const amounts = new Map<string, Amount>();
  const amountOf = (amount: Amount | null) => (amount === null ? null : shareIn(amounts, keyOf(amount), () => amount));
  return {
    share: ({ cpu, gpu, memory, objectStore }) =>
      shareIn(usages, [cpu, gpu, memory, objectStore].map(keyOf).join(), () => ({
        cpu: amountOf(cpu),
        gpu: amountOf(gpu),
        memory: amountOf(memory),
        objectStore: amountOf(objectStore),
      })),
  };
}

function keyOf(amount: Amount | null): string {
  return amount === null ? '' : `${String(amount.used)}/${String(amount.total)}`;
}

function shareIn<T>(pool: Map<string, T>, key: string, make: () => T): T {
  const known = pool.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (pool.size < MAX_SHARED) pool.set(key, made);
  return made;
}

/**
 * A node's line block in `nodeLogicalResources`: `4.0/4.0 CPU\n0B/19.33GiB memory\n…`, used/total (fact 19).
 * What follows the name (placement groups) is ignored. Null when a line is malformed.
 */
export function readLogicalResources(text: string): ResourceUse | null {
  const lines = new Map<string, Amount>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parts = /^(\S+?)\/(\S+) (\S+)/.exec(line);
    const used = readAmount(parts?.[1]);
    const total = readAmount(parts?.[2]);
    if (parts?.[3] === undefined || used === null || total === null) return null;
    lines.set(parts[3], { used, total });
  }
  return usageFrom((resource) => lines.get(resource) ?? 'none');
}
