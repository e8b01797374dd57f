import type { SeriesKey, StoredMinute, UsageStore } from './usage-store.ts';

/** Forgotten with the process. */
export function createInMemoryUsageStore(): UsageStore {
  const series: SeriesKey[] = [];
  let minutes: StoredMinute[] = [];
  const days = new Map<number, { totals: Uint8Array | null; readonly blocks: Map<string | null, Uint8Array> }>();
  let simulatedUntil: number | null = null;

  function dayOf(day: number) {
    let there = days.get(day);
    if (there === undefined) days.set(day, (there = { totals: null, blocks: new Map() }));
    return there;
  }
  const whole = () =>
    [...days]
      .filter(([, { totals }]) => totals !== null)
      .map(([day]) => day)
      .sort((a, b) => a - b);

  return {
    series: () => series,
    addMinute(minute, added) {
      series.push(...added);
      minutes.push(minute);
    },
    minutes(from, to) {
      const key = minutes.findLastIndex(({ at, isKey }) => isKey && at <= from);
      return minutes.slice(Math.max(0, key)).filter(({ at }) => at < to);
    },
    nextMinute: (from) => minutes.find(({ at }) => at >= from)?.at ?? null,
    dropMinutes(before) {
      minutes = minutes.filter(({ at }) => at >= before);
    },
    days: whole,
    putBlocks(day, blocks) {
      for (const [clusterId, block] of blocks) dayOf(day).blocks.set(clusterId, block);
    },
    putDay(day, totals) {
      dayOf(day).totals = totals;
    },
    day: (day) => days.get(day)?.totals ?? null,
    block: (day, clusterId) => days.get(day)?.blocks.get(clusterId) ?? null,
    dropDay: (day) => void days.delete(day),
    simulatedUntil: () => simulatedUntil,
    setSimulatedUntil(at) {
      simulatedUntil = at;
    },
    atOnce: (task) => task(),
    bytes() {
      let sum = 0;
      for (const { frame } of minutes) sum += frame.length;
      for (const { totals, blocks } of days.values()) {
        sum += totals?.length ?? 0;
        for (const block of blocks.values()) sum += block.length;
      }
      return sum;
    },
    close: () => undefined,
  };
}
