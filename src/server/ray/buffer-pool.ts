/** Twice what a connection delivers at once: what waits, and what still arrives before it pauses. */
export const BUFFER_BYTES = 2 * 64 * 1024;

/** The most that are kept for later: of 20 Rays some 40 replies come at once when they are first read. */
const MAX_KEPT = 48;

/**
 * Memory in which parts of replies wait until they are decoded, used again and again. Node makes a new buffer of each part; of several
 * Rays that are read at once they wait so long that V8 takes them for old, and frees them a minute later: by then they have filled
 * and torn the process's memory.
 */
export interface BufferPool {
  acquire(): Buffer;
  /** Nobody reads it any more. */
  release(buffer: Buffer): void;
}

export function createBufferPool(): BufferPool {
  const free: Buffer[] = [];
  return {
    acquire: () => free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES),
    release(buffer) {
      if (free.length < MAX_KEPT) free.push(buffer);
    },
  };
}
