import type { MapNodes } from '../../../../contract/map.ts';
import type { Cell } from './cell-lookup.ts';
import type { MapDelta } from './map-model.ts';

interface NodeName {
  readonly id: string;
  readonly hostname: string | null;
}

/** Who stands in which slot, asked for where it is looked at. */
export interface NodeNames {
  /** The node in a slot; null while that is being asked, and for an empty slot. */
  at(cell: Cell): NodeName | null;
  /** Forgets those that a move may have replaced. */
  moved(move: MapDelta): void;
  stop(): void;
}

interface NodeNamesParts {
  readonly fetchNames: (section: string, from: number, to: number, signal: AbortSignal) => Promise<MapNodes>;
  /** Some more are known now. */
  readonly onLoaded: () => void;
}

/** Slots that are asked for together. */
const SLOTS_PER_REQUEST = 200;
/** Questions under way at a time, and the most answers that are kept. */
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
      // The newest question first: the eye has moved on from the older ones.
      const asked = queue.pop();
      if (asked === undefined) return;
      if (chunks.get(asked.key)?.state === 'asking') void answer(asked);
    }
  }

  async function answer({
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
      // Forgotten meanwhile: the answer may be of before.
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
