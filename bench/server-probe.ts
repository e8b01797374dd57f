/**
 * Loaded before the console, in its process: answers each message with what the process holds after a collection, in
 * bytes, and the processor time that it used, in microseconds.
 */
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({ heapUsed, external, arrayBuffers, rss, cpu: user + system });
});
// It shall not keep the process alive.
process.channel?.unref();
