import { EMPTY_CELL, type CellCode, type MapSection } from '../../contract/map.ts';
import type { NodeRecord } from './node-record.ts';

/** A section may keep this share of its slots empty at its end, so that who comes next needs no new ones. */
const MAX_EMPTY_SHARE = 0.25;

/** Slots to begin with; it doubles. */
const INITIAL_CAPACITY = 8;

const EMPTY = EMPTY_CELL.charCodeAt(0);

/** The slots of one section. `n` is the map's number at a change. */
export interface Slots {
  /** Gives the lowest empty slot to a node. */
  enter(record: NodeRecord, n: number): number;
  leave(slot: number, n: number): void;
  /** Writes what the node in a slot is. */
  set(slot: number, cell: CellCode, n: number): void;
  /** Cuts empty slots off the end when they are too many; to be called at a change's end, when all have come and gone. */
  trim(): void;
  at(slot: number): NodeRecord | null;
  length(): number;
  /** How many hold a node. */
  filled(): number;
  /** The map's number when the section came, and at its last change. */
  readonly createdAt: number;
  changedAt(): number;
  /** What a page that has the map of a number needs to have the section as it is now. */
  read(known: number): Pick<MapSection, 'cells' | 'slots' | 'changed'>;
}

/** A change as a pair is about as long as this many cells. */
const CELLS_PER_PAIR = 10;

/** No node ever moves within a section: who leaves makes room for whoever comes next. */
export function createSlots(since: number): Slots {
  const holders: (NodeRecord | null)[] = [];
  let codes = new Uint8Array(INITIAL_CAPACITY);
  let numbers = new Uint32Array(INITIAL_CAPACITY);
  let filled = 0;
  /** No slot below it is empty. */
  let lowest = 0;
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
      while (lowest < holders.length && holders[lowest] !== null) lowest += 1;
      const slot = lowest;
      holders[slot] = record;
      filled += 1;
      lowest += 1;
      write(slot, record.cell.charCodeAt(0), n);
      return slot;
    },
    leave(slot, n) {
      holders[slot] = null;
      filled -= 1;
      lowest = Math.min(lowest, slot);
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
      const most = known < since ? 0 : slots / CELLS_PER_PAIR;
      for (let slot = 0; slot < slots && changed.length <= most; slot++) {
        if ((numbers[slot] ?? 0) > known) changed.push([slot, String.fromCharCode(codes[slot] ?? EMPTY)]);
      }
      return changed.length > most
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
