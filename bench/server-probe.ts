/**
 * Preloaded into the console's process: replies to each message with the memory after a garbage collection, bytes, and the
 * CPU time so far, µs.
 */
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ heapUsed, external, arrayBuffers, rss, cpu: user + system });
});
// The channel must not keep the process alive.
process.channel?.unref();
