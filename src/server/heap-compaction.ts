import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The share of the heap that may be holes after a full collection. */
const MAX_HOLES = 0.2;

/** A heap smaller than this is not worth a pause, bytes. */
const MIN_SIZE = 32e6;

/** The shortest time from the start to a compaction, and between two, ms: one of 100 MB stops the process for 0.1 s. */
export const COMPACTION_INTERVAL = 120_000;

/** What V8 has for objects that are not new, and how much of it objects take, bytes. */
interface HeapUse {
  readonly size: number;
  readonly used: number;
}

/** V8's side of the compaction. */
export interface CompactableHeap {
  use(): HeapUse;
  /** Whether full collections compact from now on. */
  setCompaction(isOn: boolean): void;
  /** ms */
  now(): number;
}

/**
 * Returns what to call after each full collection: it makes the next one compact where this one left the heap full of holes. V8 by
 * itself leaves a page as it is until 70 % of it are holes, so the many replies that are read at once when the Rays of a console are
 * opened tear its heap for good.
 */
export function createCompactionPolicy(heap: CompactableHeap): () => void {
  let isAsked = false;
  let compactedAt = heap.now();
  return () => {
    const { size, used } = heap.use();
    if (isAsked) {
      isAsked = false;
      compactedAt = heap.now();
      heap.setCompaction(false);
    } else if (size >= MIN_SIZE && size - used > size * MAX_HOLES && heap.now() - compactedAt >= COMPACTION_INTERVAL) {
      isAsked = true;
      heap.setCompaction(true);
    }
  };
}

/** Keeps the heap of this process compact. */
export function compactFragmentedHeap(): void {
  const collected = createCompactionPolicy({
    use() {
      const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space');
      return { size: old?.space_size ?? 0, used: old?.space_used_size ?? 0 };
    },
    setCompaction: (isOn) => setFlagsFromString(isOn ? '--compact-on-every-full-gc' : '--no-compact-on-every-full-gc'),
    now: () => performance.now(),
  });
  new PerformanceObserver((list) => {
    if (list.getEntries().some(isFull)) collected();
  }).observe({ entryTypes: ['gc'] });
}

function isFull(entry: PerformanceEntry): boolean {
  const detail: unknown = Reflect.get(entry, 'detail');
  return (
    typeof detail === 'object' && detail !== null && Reflect.get(detail, 'kind') === constants.NODE_PERFORMANCE_GC_MAJOR
  );
}
