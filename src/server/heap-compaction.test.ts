import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createCompactionPolicy, COMPACTION_INTERVAL } from './heap-compaction.ts';

/** A heap of 100 MB; `collect` is a full collection after which so many MB of it are used. */
function createHeap() {
  const heap = { now: 0, used: 100, isCompacting: false, asked: 0 };
  const collected = createCompactionPolicy({
    use: () => ({ size: 100e6, used: heap.used * 1e6 }),
    setCompaction(isOn) {
      heap.isCompacting = isOn;
      if (isOn) heap.asked += 1;
    },
    now: () => heap.now,
  });
  return {
    heap,
    collect(used: number, now = heap.now) {
      Object.assign(heap, { used, now });
      collected();
    },
  };
}

describe('compacting the heap', () => {
  it('has the next full collection compact, and only that one, where one leaves many holes', () => {
    const { heap, collect } = createHeap();
    collect(79, COMPACTION_INTERVAL);
    expect(heap.isCompacting).toBe(true);
    collect(79);
    expect(heap.isCompacting).toBe(false);
  });

  it('leaves a heap with few holes alone', () => {
    const { heap, collect } = createHeap();
    collect(81, COMPACTION_INTERVAL);
    expect(heap.asked).toBe(0);
  });

  it('waits two minutes from the start, and from one compaction to the next', () => {
    const { heap, collect } = createHeap();
    collect(50, COMPACTION_INTERVAL - 1);
    expect(heap.asked).toBe(0);
    collect(50, COMPACTION_INTERVAL);
    collect(50, COMPACTION_INTERVAL + 10_000);
    collect(50, 2 * COMPACTION_INTERVAL + 9_999);
    expect(heap.asked).toBe(1);
    collect(50, 2 * COMPACTION_INTERVAL + 10_000);
    expect(heap.asked).toBe(2);
  });

  it('is not worth a pause for a small heap', () => {
    let asked = false;
    let now = 0;
    const collected = createCompactionPolicy({
      use: () => ({ size: 31e6, used: 1e6 }),
      setCompaction: () => (asked = true),
      now: () => now,
    });
    now = COMPACTION_INTERVAL;
    collected();
    expect(asked).toBe(false);
  });

  it('uses flags that this version of V8 knows', () => {
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    expect(known).toContain('--compact-on-every-full-gc ');
    expect(known).toContain('--heap-growing-percent ');
  });
});
