import { connect, type Socket } from 'node:net';
import { createSystemClock } from '../src/server/system-clock.ts';

/** How much a slow reader takes at once, bytes, and how long it waits then, ms. */
const SIP = { bytes: 2_048, pause: 200 };

/** Connections that ask for much and read it slowly, until they are ended; each asks again when it has its reply. */
export interface SlowConnections {
  /** How many replies of each status came so far. */
  statuses(): ReadonlyMap<string, number>;
  end(): void;
}

/** Opens a connection for each of these requests, which are sent as they are. */
export function openSlowConnections(address: string, requests: readonly string[]): SlowConnections {
  const { hostname, port } = new URL(address);
  const clock = createSystemClock();
  const counts = new Map<string, number>();
  const open = new Set<Socket>();
  let isEnded = false;

  function start(request: string) {
    if (isEnded) return;
    const socket = connect(Number(port), hostname);
    open.add(socket);
    let isFirst = true;
    const sip = () => {
      const part: Buffer | null = socket.read(Math.min(SIP.bytes, socket.readableLength)) ?? socket.read();
      if (part !== null && isFirst) {
        const status = /^HTTP\/1\.1 (\d{3})/.exec(part.toString('latin1'))?.[1] ?? 'none';
        counts.set(status, (counts.get(status) ?? 0) + 1);
        isFirst = false;
      }
      if (!socket.destroyed) clock.after(SIP.pause, sip);
    };
    socket.on('connect', () => {
      socket.write(request);
      sip();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      clock.after(1_000, () => start(request));
    });
  }

  for (const request of requests) start(request);
  return {
    statuses: () => counts,
    end() {
      isEnded = true;
      for (const socket of open) socket.destroy();
    },
  };
}
