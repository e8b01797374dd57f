import type { Browser, Page } from '@playwright/test';
import * as z from 'zod/mini';

const event = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.optional(z.number()),
  /** CPU time, µs. */
  tdur: z.optional(z.number()),
  /** Wall time, µs, for browsers that don't report CPU time. */
  dur: z.optional(z.number()),
  args: z.optional(z.object({ name: z.optional(z.unknown()) })),
});
const trace = z.object({ traceEvents: z.array(z.unknown()) });

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  '__metadata',
];

/**
 * The main-thread time of each frame while `act` runs, ms: the tasks between the beginnings of two frames, without idle
 * time.
 */
export async function measureFrames(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const raw = trace.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  const events = raw.traceEvents.flatMap((each) => {
    const parsed = event.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
  const mains = new Set(
    events.flatMap((each) =>
      each.name === 'thread_name' && each.args?.name === 'CrRendererMain' ? [keyOf(each)] : [],
    ),
  );
  const begins = new Map<string, number[]>();
  for (const each of events) {
    if (each.name !== 'BeginMainThreadFrame' || !mains.has(keyOf(each)) || each.ts === undefined) continue;
    begins.set(keyOf(each), [...(begins.get(keyOf(each)) ?? []), each.ts]);
  }
  // The browser has internal pages too; the measured page's thread is the one with the most frames.
  const [thread, frames] = [...begins].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  const tasks = events
    .filter((each) => each.ph === 'X' && keyOf(each) === thread && each.name === 'RunTask')
    .map(({ ts = 0, dur = 0, tdur }) => ({ ts, dur, took: tdur ?? dur }))
    .sort((a, b) => a.ts - b.ts);
  const sums = frames.map(() => 0);
  const starts = frames.toSorted((a, b) => a - b);
  for (const { ts, dur, took } of tasks) {
    // The task in which a frame begins belongs to that frame.
    const at = starts.findLastIndex((start) => start < ts + dur);
    if (at >= 0) sums[at] = (sums[at] ?? 0) + took / 1_000;
  }
  // The last frame is incomplete.
  return sums.slice(0, -1);
}

function keyOf({ pid, tid }: { readonly pid: number; readonly tid: number }): string {
  return `${String(pid)}/${String(tid)}`;
}
