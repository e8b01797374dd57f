import { EMPTY_CELL, type CellCode, type MapSection } from '../../contract/map.ts';
import type { NodeRecord } from './node-record.ts';

/** The share of empty slots that a section keeps at its end, for nodes to come. */
const MAX_EMPTY_SHARE = 0.25;

/** The first capacity, which doubles as needed. */
const INITIAL_CAPACITY = 8;

const EMPTY = EMPTY_CELL.charCodeAt(0);

/** The slots of one section. `n`: the map's number at a change. */
export interface Slots {
  /** Puts a node into the lowest empty slot, which is returned. */
  enter(record: NodeRecord, n: number): number;
  leave(slot: number, n: number): void;
  /** Changes the cell of the node in a slot. */
  set(slot: number, cell: CellCode, n: number): void;
  /** Removes empty slots at the end when there are too many; to be called after all moves of a change. */
  trim(): void;
  at(slot: number): NodeRecord | null;
  length(): number;
  /** How many slots have a node. */
  filled(): number;
  /** The map's number when the section was created, and at its last change. */
  readonly createdAt: number;
  changedAt(): number;
  /** The changes since a number of the map; all cells where that is shorter. */
  read(known: number): Pick<MapSection, 'cells' | 'slots' | 'changed'>;
}

/** How many cells are about as long on the wire as one changed pair. */
const CELLS_PER_PAIR = 10;

/** A node never moves within its section: one that leaves makes room for the next. */
export function createSlots(since: number): Slots {
  const holders: (NodeRecord | null)[] = [];
  let codes = new Uint8Array(INITIAL_CAPACITY);
  let numbers = new Uint32Array(INITIAL_CAPACITY);
  let filled = 0;
  /** No slot below it is empty. */
  let lowestEmpty = 0;
  let changedAt = since;

  function write(slot: number, code: number, n: number) {
    if (slot >= codes.length) {
      codes = copyInto(codes, new Uint8Array(codes.length * 2));
      numbers = copyInto(numbers, new Uint32Array(numbers.length * 2));
    }
    codes[slot] = code;
    numbers[slot] = n;
    changedAt = n;
  }

  return {
    createdAt: since,
    enter(record, n) {
      while (lowestEmpty < holders.length && holders[lowestEmpty] !== null) lowestEmpty += 1;
      const slot = lowestEmpty;
      holders[slot] = record;
      filled += 1;
      lowestEmpty += 1;
      write(slot, record.cell.charCodeAt(0), n);
      return slot;
    },
    leave(slot, n) {
      holders[slot] = null;
      filled -= 1;
      lowestEmpty = Math.min(lowestEmpty, slot);
      write(slot, EMPTY, n);
    },
    set: (slot, cell, n) => write(slot, cell.charCodeAt(0), n),
    trim() {
      if (holders.length - filled <= holders.length * MAX_EMPTY_SHARE || holders.at(-1) !== null) return;
      while (holders.length > 0 && holders.at(-1) === null) holders.pop();
    },
    at: (slot) => holders[slot] ?? null,
    length: () => holders.length,
    filled: () => filled,
    changedAt: () => changedAt,
    read(known) {
      const slots = holders.length;
      const changed: [number, string][] = [];
      const maxPairs = known < since ? 0 : slots / CELLS_PER_PAIR;
      for (let slot = 0; slot < slots && changed.length <= maxPairs; slot++) {
        if ((numbers[slot] ?? 0) > known) changed.push([slot, String.fromCharCode(codes[slot] ?? EMPTY)]);
      }
      return changed.length > maxPairs
        ? { cells: text(codes.subarray(0, slots)), slots, changed: [] }
        : { cells: null, slots, changed };
    },
  };
}

function copyInto<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

const decoder = new TextDecoder();

function text(codes: Uint8Array): string {
  return decoder.decode(codes);
}
