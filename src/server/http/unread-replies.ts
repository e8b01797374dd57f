import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How much may wait to be taken by all clients together, bytes; how often that is checked, ms; and who counts as slow, bytes a second. */
export interface UnreadBounds {
  readonly most: number;
  readonly every: number;
  readonly slowBelow: number;
}

/**
 * Bounds the memory that replies hold which nobody takes. Beyond it, connections of clients that take next to nothing are closed, those
 * with the most waiting first; clients that read on keep theirs. `event`: when the server has a new connection to write to.
 */
export function boundUnread(server: Server, event: 'connection' | 'secureConnection', bounds: UnreadBounds): void {
  /** With how much each client had taken when it was last checked. */
  const taken = new Map<Socket, number>();

  function check() {
    let waiting = 0;
    const slow: Socket[] = [];
    for (const [socket, before] of taken) {
      const now = socket.bytesWritten - queuedIn(socket);
      taken.set(socket, now);
      waiting += socket.writableLength;
      if (socket.writableLength > 0 && now - before < (bounds.slowBelow * bounds.every) / 1_000) slow.push(socket);
    }
    if (waiting <= bounds.most) return;
    for (const socket of slow.toSorted((a, b) => b.writableLength - a.writableLength)) {
      if (waiting <= bounds.most) return;
      waiting -= socket.writableLength;
      socket.destroy();
    }
  }

  server.on(event, (socket: Socket) => {
    taken.set(socket, 0);
    socket.once('close', () => taken.delete(socket));
  });
  const timer = setInterval(check, bounds.every).unref();
  server.once('close', () => clearInterval(timer));
}

/**
 * How many bytes the system has not taken yet. A large reply is one write, whose progress only the socket's handle shows; Node's
 * own time-outs rely on it, too.
 */
function queuedIn(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  const queued: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'writeQueueSize') : null;
  return typeof queued === 'number' ? queued : socket.writableLength;
}
