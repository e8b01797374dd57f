import type { Server } from 'node:http';

/** A write on its way to Ray is waited for, and so is the journal's file; but not for ever, ms. */
const SHUTDOWN_TIMEOUT = 10_000;

/**
 * Ends the process at SIGINT or SIGTERM, once: nothing new is taken, streams are ended (browsers connect again by
 * themselves), writes on their way are finished and remembered, then it exits with 0.
 */
export function stopOnSignal(parts: {
  readonly servers: readonly Server[];
  /** From now on nothing new is taken. */
  readonly stopping: (signal: string) => void;
  /** Ends streams, finishes writes, closes the journal. */
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
