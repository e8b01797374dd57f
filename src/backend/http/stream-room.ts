/** Streams at once; each visible tab has one. */
const MAX_STREAMS = 500;

/** Streams of one principal. When all are taken, the principal with most gives one up to one with fewer. */
const MAX_STREAMS_PER_PRINCIPAL = 300;

/** An open stream, and whose it is. */
export interface RoomStream {
  readonly name: string;
  end(): void;
}

/** The open streams of a console, over all of its Rays: connections are the server's, and so are its limits. */
export interface StreamRoom {
  /** Makes room for one more stream of somebody; or says why there is none. */
  makeRoomFor(name: string): 'share-used' | 'full' | null;
  add(stream: RoomStream): void;
  delete(stream: RoomStream): void;
}

export function createStreamRoom(): StreamRoom {
  const open = new Set<RoomStream>();
  return {
    makeRoomFor(name) {
      const counts = new Map<string, number>();
      for (const each of open) counts.set(each.name, (counts.get(each.name) ?? 0) + 1);
      const own = counts.get(name) ?? 0;
      if (own >= MAX_STREAMS_PER_PRINCIPAL) return 'share-used';
      if (open.size < MAX_STREAMS) return null;
      const [largest, most] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
      if (most <= own + 1) return own === 0 ? 'full' : 'share-used';
      // A set keeps the order in which they were opened.
      [...open].find((each) => each.name === largest)?.end();
      return null;
    },
    add: (stream) => void open.add(stream),
    delete: (stream) => void open.delete(stream),
  };
}
