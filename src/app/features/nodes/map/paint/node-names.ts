import type { MapNodes } from '../../../../../contract/map.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { MapDelta } from '../layout/map-model.ts';

interface NodeName {
  readonly id: string;
  readonly hostname: string | null;
}

/** The nodes' ids and hosts by slot, loaded on demand. */
export interface NodeNames {
  /** The node in a slot; null while it loads, and for an empty slot. */
  at(cell: Cell): NodeName | null;
  /** Drops the names that an update may have replaced. */
  moved(move: MapDelta): void;
  stop(): void;
}

interface NodeNamesParts {
  readonly fetchNames: (section: string, from: number, to: number, signal: AbortSignal) => Promise<MapNodes>;
  /** Called when more names have loaded. */
  readonly onLoaded: () => void;
}

/** Slots per request. */
const SLOTS_PER_REQUEST = 200;
const MAX_CONCURRENT_REQUESTS = 4;
const MAX_CACHED_CHUNKS = 600;

type Chunk = { readonly state: 'asking' | 'failed' } | { readonly state: 'known'; readonly nodes: MapNodes };

export function createNodeNames({ fetchNames, onLoaded }: NodeNamesParts): NodeNames {
  const chunks = new Map<string, Chunk>();
  const queue: { readonly key: string; readonly section: string; readonly from: number }[] = [];
  const stopping = new AbortController();
  let underWay = 0;

  function next(): void {
    while (underWay < MAX_CONCURRENT_REQUESTS) {
      // The newest request first: older ones are likely out of view by now.
      const request = queue.pop();
      if (request === undefined) return;
      if (chunks.get(request.key)?.state === 'asking') void load(request);
    }
  }

  async function load({
    key,
    section,
    from,
  }: {
    readonly key: string;
    readonly section: string;
    readonly from: number;
  }): Promise<void> {
    underWay += 1;
    const asked = chunks.get(key);
    try {
      const nodes = await fetchNames(section, from, from + SLOTS_PER_REQUEST, stopping.signal);
      // If the chunk was dropped meanwhile, the reply may be outdated.
      if (chunks.get(key) === asked) chunks.set(key, { state: 'known', nodes });
    } catch {
      if (chunks.get(key) === asked) chunks.set(key, { state: 'failed' });
    }
    underWay -= 1;
    if (stopping.signal.aborted) return;
    onLoaded();
    next();
  }

  return {
    at({ section, slot }) {
      const from = slot - (slot % SLOTS_PER_REQUEST);
      const key = keyOf(section, from);
      const chunk = chunks.get(key);
      if (chunk === undefined) {
        for (const oldest of chunks.keys()) {
          if (chunks.size < MAX_CACHED_CHUNKS) break;
          chunks.delete(oldest);
        }
        chunks.set(key, { state: 'asking' });
        queue.push({ key, section, from });
        next();
        return null;
      }
      if (chunk.state !== 'known') return null;
      const id = chunk.nodes.ids[slot - from] ?? null;
      return id === null ? null : { id, hostname: chunk.nodes.hostnames[slot - from] ?? null };
    },
    moved({ whole, cells, renewed }) {
      if (whole) chunks.clear();
      for (const { section, slot } of cells) chunks.delete(keyOf(section, slot - (slot % SLOTS_PER_REQUEST)));
      for (const section of renewed)
        for (const key of chunks.keys()) if (key.startsWith(`${JSON.stringify(section)} `)) chunks.delete(key);
    },
    stop: () => stopping.abort(),
  };
}

function keyOf(section: string, from: number): string {
  return `${JSON.stringify(section)} ${String(from)}`;
}
