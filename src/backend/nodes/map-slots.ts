import { EMPTY_CELL, UNKNOWN_LOAD, type MapSection } from '../../contract/map.ts';
import type { NodeRecord } from './node-record.ts';

/** The share of empty slots that a section keeps at its end, for nodes to come. */
const MAX_EMPTY_SHARE = 0.25;

/** The first capacity, which doubles as needed. */
const INITIAL_CAPACITY = 8;

const EMPTY = EMPTY_CELL.charCodeAt(0);
const NO_LOAD = UNKNOWN_LOAD.charCodeAt(0);

/** The slots of one section. `n`: the map's number at a change. */
export interface Slots {
  /** Puts a node into the lowest empty slot, which is returned. */
  enter(record: NodeRecord, n: number): number;
  leave(slot: number, n: number): void;
  /** Shows the node in a slot with its cell and load of now. */
  set(slot: number, record: Pick<NodeRecord, 'cell' | 'load'>, n: number): void;
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
  read(known: number): Pick<MapSection, 'cells' | 'loads' | 'slots' | 'changed'>;
}

/** How many cells are about as long on the wire as one changed pair. */
const CELLS_PER_PAIR = 10;

/** A node never moves within its section: one that leaves makes room for the next. */
export function createSlots(since: number): Slots {
  const holders: (NodeRecord | null)[] = [];
  let codes = new Uint8Array(INITIAL_CAPACITY);
  let loads = new Uint8Array(INITIAL_CAPACITY);
  let numbers = new Uint32Array(INITIAL_CAPACITY);
  let filled = 0;
  /** No slot below it is empty. */
  let lowestEmpty = 0;
  let changedAt = since;

  function write(slot: number, code: number, load: number, n: number) {
    if (slot >= codes.length) {
      codes = copyInto(codes, new Uint8Array(codes.length * 2));
      loads = copyInto(loads, new Uint8Array(loads.length * 2));
      numbers = copyInto(numbers, new Uint32Array(numbers.length * 2));
    }
    codes[slot] = code;
    loads[slot] = load;
    numbers[slot] = n;
    changedAt = n;
  }

  function loadsText(slots: number): Pick<MapSection, 'loads'> {
    const part = loads.subarray(0, slots);
    return part.every((load) => load === NO_LOAD) ? {} : { loads: text(part) };
  }

  return {
    createdAt: since,
    enter(record, n) {
      while (lowestEmpty < holders.length && holders[lowestEmpty] !== null) lowestEmpty += 1;
      const slot = lowestEmpty;
      holders[slot] = record;
      filled += 1;
      lowestEmpty += 1;
      write(slot, record.cell.charCodeAt(0), letterOfLoad(record), n);
      return slot;
    },
    leave(slot, n) {
      holders[slot] = null;
      filled -= 1;
      lowestEmpty = Math.min(lowestEmpty, slot);
      write(slot, EMPTY, NO_LOAD, n);
    },
    set: (slot, record, n) => write(slot, record.cell.charCodeAt(0), letterOfLoad(record), n),
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
        if ((numbers[slot] ?? 0) > known)
          changed.push([slot, changeText(codes[slot] ?? EMPTY, loads[slot] ?? NO_LOAD)]);
      }
      return changed.length > maxPairs
        ? { cells: text(codes.subarray(0, slots)), ...loadsText(slots), slots, changed: [] }
        : { cells: null, slots, changed };
    },
  };
}

function letterOfLoad({ load }: Pick<NodeRecord, 'load'>): number {
  return load === null ? NO_LOAD : '0'.charCodeAt(0) + load;
}

function changeText(code: number, load: number): string {
  return String.fromCharCode(code) + (load === NO_LOAD ? '' : String.fromCharCode(load));
}

function copyInto<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

const decoder = new TextDecoder();

function text(codes: Uint8Array): string {
  return decoder.decode(codes);
}
