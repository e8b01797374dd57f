import type { Server } from 'node:http';

/** Writes in flight and the journal get this long to finish, ms. */
const SHUTDOWN_TIMEOUT = 10_000;

/**
 * Graceful shutdown at the first SIGINT or SIGTERM: accepts nothing new, ends event streams (browsers reconnect by themselves),
 * finishes and records writes in flight, then exits with 0.
 */
export function stopOnSignal(parts: {
  readonly servers: readonly Server[];
  /** Called first: from now on new requests are refused. */
  readonly stopping: (signal: string) => void;
  /** Ends event streams, finishes writes and closes the journal. */
  readonly close: () => Promise<void>;
}): void {
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    parts.stopping(signal);
    const served = Promise.all(
      parts.servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve()))),
    );
    setTimeout(() => process.exit(0), SHUTDOWN_TIMEOUT).unref();
    void parts
      .close()
      .finally(() => {
        for (const server of parts.servers) server.closeAllConnections();
      })
      .then(() => served)
      .finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
