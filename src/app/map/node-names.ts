import type { MapNodes } from '../../contract/map.ts';
import type { Cell } from './find-cell.ts';
import type { MapMove } from './map-model.ts';

interface NodeName {
  readonly id: string;
  readonly hostname: string | null;
}

/** Who stands in which slot, asked for where it is looked at. */
export interface NodeNames {
  /** The node in a slot; null while that is being asked, and for an empty slot. */
  at(cell: Cell): NodeName | null;
  /** Forgets those that a move may have replaced. */
  moved(move: MapMove): void;
  stop(): void;
}

interface NodeNamesParts {
  readonly ask: (section: string, from: number, to: number, signal: AbortSignal) => Promise<MapNodes>;
  /** Some more are known now. */
  readonly arrived: () => void;
}

/** Slots that are asked for together. */
const CHUNK = 200;
/** Questions under way at a time, and the most answers that are kept. */
const AT_ONCE = 4;
const MOST_KEPT = 600;

type Chunk = { readonly state: 'asking' | 'failed' } | { readonly state: 'known'; readonly nodes: MapNodes };

export function createNodeNames({ ask, arrived }: NodeNamesParts): NodeNames {
  const chunks = new Map<string, Chunk>();
  const queue: { readonly key: string; readonly section: string; readonly from: number }[] = [];
  const stopping = new AbortController();
  let underWay = 0;

  function next(): void {
    while (underWay < AT_ONCE) {
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
      const nodes = await ask(section, from, from + CHUNK, stopping.signal);
      // Forgotten meanwhile: the answer may be of before.
      if (chunks.get(key) === asked) chunks.set(key, { state: 'known', nodes });
    } catch {
      if (chunks.get(key) === asked) chunks.set(key, { state: 'failed' });
    }
    underWay -= 1;
    if (stopping.signal.aborted) return;
    arrived();
    next();
  }

  return {
    at({ section, slot }) {
      const from = slot - (slot % CHUNK);
      const key = keyOf(section, from);
      const chunk = chunks.get(key);
      if (chunk === undefined) {
        for (const oldest of chunks.keys()) {
          if (chunks.size < MOST_KEPT) break;
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
      for (const { section, slot } of cells) chunks.delete(keyOf(section, slot - (slot % CHUNK)));
      for (const section of renewed)
        for (const key of chunks.keys()) if (key.startsWith(`${JSON.stringify(section)} `)) chunks.delete(key);
    },
    stop: () => stopping.abort(),
  };
}

function keyOf(section: string, from: number): string {
  return `${JSON.stringify(section)} ${String(from)}`;
}
