import type { OnReadOpts, Socket } from 'node:net';

/** As much as Node asks the system for at once, bytes. */
const READ_BYTES = 64 * 1024;

/**
 * One buffer into which all connections to a Ray read. By itself Node allocates 64 KiB for each read and leaves them to the garbage
 * collector, which for the replies of 20 Rays tore 15 MB of holes into the process's memory. Sharing is safe, as Node's HTTP parser has
 * copied what it wants of a read when `emit` returns.
 */
export function createReadBuffer(): OnReadOpts {
  return {
    buffer: new Uint8Array(READ_BYTES),
    callback(this: Socket, length, { buffer, byteOffset }) {
      // With a buffer of its own a socket gives no data by itself, while the HTTP client still listens for some.
      this.emit('data', Buffer.from(buffer, byteOffset, length));
      return true;
    },
  };
}
