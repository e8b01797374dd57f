import type { Browser, Page } from '@playwright/test';
import * as z from 'zod/mini';

const event = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.optional(z.number()),
  /** Processor time, microseconds; where the browser doesn't say it, the clock's. */
  tdur: z.optional(z.number()),
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
 * What each frame took the page's main thread while `act` ran, ms: the tasks from one frame's beginning to the next.
 * Idle time between two frames is no part of it.
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
  // The browser has other pages of its own: this one's is the thread that draws.
  const [thread, frames] = [...begins].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  const tasks = events
    .filter((each) => each.ph === 'X' && keyOf(each) === thread && each.name === 'RunTask')
    .map(({ ts = 0, dur = 0, tdur }) => ({ ts, dur, took: tdur ?? dur }))
    .sort((a, b) => a.ts - b.ts);
  const sums = frames.map(() => 0);
  const starts = frames.toSorted((a, b) => a - b);
  for (const { ts, dur, took } of tasks) {
    // The task in which a frame begins is that frame's.
    const at = starts.findLastIndex((start) => start < ts + dur);
    if (at >= 0) sums[at] = (sums[at] ?? 0) + took / 1_000;
  }
  // The last one has no end.
  return sums.slice(0, -1);
}

function keyOf({ pid, tid }: { readonly pid: number; readonly tid: number }): string {
  return `${String(pid)}/${String(tid)}`;
}
