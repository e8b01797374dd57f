/** Between two looks at the event loop, ms. */
const RESOLUTION = 5;

/** Of the longest turns of the event loop since it was last asked: how long one took, and how much processor time one used, ms. */
let longest = { pause: 0, work: 0 };
let turn = { at: performance.now(), cpu: cpuMs() };

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function look() {
  const next = { at: performance.now(), cpu: cpuMs() };
  const pause = Math.max(0, next.at - turn.at - RESOLUTION);
  // Other threads work in it, too: it can't have worked longer than it took.
  longest = {
    pause: Math.max(longest.pause, pause),
    work: Math.max(longest.work, Math.min(pause, next.cpu - turn.cpu)),
  };
  turn = next;
}
setInterval(look, RESOLUTION).unref();

/**
 * Preloaded into the console's process. Replies to `usage` with the memory after a garbage collection, bytes, and the CPU time so far,
 * µs; to `strain` with the memory as it is and the longest turns of the event loop since it was last asked.
 */
process.on('message', (asked) => {
  if (asked === 'strain') {
    look();
    process.send?.({ rss: process.memoryUsage.rss(), longestPause: longest.pause, mostWork: longest.work });
  } else {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    process.send?.({ heapUsed, external, arrayBuffers, rss, cpu: cpuMs() * 1_000 });
  }
  longest = { pause: 0, work: 0 };
  turn = { at: performance.now(), cpu: cpuMs() };
});
// The channel must not keep the process alive.
process.channel?.unref();
