import {
  cellStates,
  EMPTY_CELL,
  type MapSection,
  type MapUpdate,
  type NodeMove,
  shownState,
  type ShownState,
} from '../../../../../contract/map.ts';
import { SHOWN_STATES } from '../../../../routing/map-query.ts';

/** A cell holds its state's index in `SHOWN_STATES` plus one; 0 is an empty slot. */
export const NO_NODE = 0;

/** How many different values a cell can have. */
export const CODES = SHOWN_STATES.length + 1;

/** A load is in eighths plus one, so that 0 is one that is not known. */
const LOADS = 10;

/** The nodes of one template in one holder, one byte per slot. `cells` may be longer than `slots`; the rest is 0. */
export interface Section {
  readonly key: string;
  readonly clusterId: string | null;
  readonly jobClusterId: string | null;
  readonly templateId: string | null;
  cells: Uint8Array;
  /** The load of each slot's node. */
  loads: Uint8Array;
  slots: number;
  /** How many cells hold each code. */
  readonly counts: Uint32Array;
}

/** The page's copy of the map. Mutated in place, since copying a hundred thousand cells for one node would cost a frame. */
export interface MapModel {
  version: string | null;
  readonly sections: Map<string, Section>;
}

/**
 * What an update changed. `shape`: sections appeared, vanished or have another number of slots; `cells`: slots with another
 * node, state or load; `renewed`: sections sent in full.
 */
export interface MapDelta {
  readonly whole: boolean;
  readonly shape: boolean;
  readonly cells: readonly { readonly section: string; readonly slot: number }[];
  readonly renewed: readonly string[];
  /** Nodes that moved since the last update; a whole map names none. */
  readonly moves: readonly NodeMove[];
}

export function emptyMap(): MapModel {
  return { version: null, sections: new Map() };
}

/** The code of a state. */
export function codeOf(state: ShownState): number {
  return SHOWN_STATES.indexOf(state) + 1;
}

/** The state of a code; null for a slot without a node. */
export function stateOfCode(code: number): ShownState | null {
  return SHOWN_STATES[code - 1] ?? null;
}

/** Applies an update, which must start from the model's version or be whole. */
export function applyMap(model: MapModel, update: MapUpdate): MapDelta {
  if (update.whole) model.sections.clear();
  let shape = update.whole;
  for (const key of update.removed) shape = model.sections.delete(key) || shape;
  const changed: { section: string; slot: number }[] = [];
  const renewed: string[] = [];
  for (const incoming of update.sections) {
    const held = model.sections.get(incoming.key);
    const section = held ?? sectionOf(incoming);
    if (held === undefined) model.sections.set(incoming.key, section);
    if (section.slots !== incoming.slots || held === undefined) shape = true;
    resize(section, incoming.slots);
    const idle = codeOf(shownState('idle', section));
    if (incoming.cells !== null) {
      renewed.push(incoming.key);
      for (let slot = 0; slot < incoming.slots; slot++) {
        put(section, slot, codeOfLetter(incoming.cells.charCodeAt(slot), idle));
        section.loads[slot] = incoming.loads === undefined ? 0 : loadOfLetter(incoming.loads.charCodeAt(slot));
      }
    }
    for (const [slot, letter] of incoming.changed) {
      if (slot >= incoming.slots) continue;
      put(section, slot, codeOfLetter(letter.charCodeAt(0), idle));
      section.loads[slot] = loadOfLetter(letter.charCodeAt(1));
      changed.push({ section: incoming.key, slot });
    }
  }
  model.version = update.version;
  return { whole: update.whole, shape, cells: changed, renewed, moves: update.whole ? [] : (update.moved ?? []) };
}

/** How many nodes have each code, over all sections. */
export function countByCode(model: MapModel): Uint32Array {
  const counts = new Uint32Array(CODES);
  for (const section of model.sections.values())
    for (let code = 1; code < CODES; code++) counts[code] = (counts[code] ?? 0) + (section.counts[code] ?? 0);
  return counts;
}

/** The nodes in a section. */
export function nodeCountIn(section: Section): number {
  return section.slots - (section.counts[NO_NODE] ?? 0);
}

function sectionOf({ key, clusterId, jobClusterId, templateId }: MapSection): Section {
  return {
    key,
    clusterId,
    jobClusterId,
    templateId,
    cells: new Uint8Array(0),
    loads: new Uint8Array(0),
    slots: 0,
    counts: new Uint32Array(CODES),
  };
}

function resize(section: Section, slots: number): void {
  const { counts } = section;
  for (let slot = slots; slot < section.slots; slot++) {
    const code = section.cells[slot] ?? NO_NODE;
    counts[code] = (counts[code] ?? 0) - 1;
    section.cells[slot] = NO_NODE;
    section.loads[slot] = 0;
  }
  if (slots > section.slots) counts[NO_NODE] = (counts[NO_NODE] ?? 0) + slots - section.slots;
  if (slots > section.cells.length) {
    const grown = new Uint8Array(Math.ceil(slots * 1.25));
    grown.set(section.cells);
    section.cells = grown;
    const loads = new Uint8Array(grown.length);
    loads.set(section.loads);
    section.loads = loads;
  }
  section.slots = slots;
}

function put({ cells, counts }: Section, slot: number, code: number): void {
  const before = cells[slot] ?? NO_NODE;
  counts[before] = (counts[before] ?? 0) - 1;
  counts[code] = (counts[code] ?? 0) + 1;
  cells[slot] = code;
}

const codeByLetter: Uint8Array = (() => {
  // A newer back end may send letters that this page does not know.
  const table = new Uint8Array(128).fill(codeOf('unknown'));
  for (const [letter, state] of Object.entries(cellStates)) table[letter.charCodeAt(0)] = codeOf(state);
  table[EMPTY_CELL.charCodeAt(0)] = NO_NODE;
  return table;
})();

const IDLE = codeOf('idle');

/** `idle`: what an idle node is in this section. */
function codeOfLetter(charCode: number, idle: number): number {
  const code = codeByLetter[charCode] ?? codeOf('unknown');
  return code === IDLE ? idle : code;
}

function loadOfLetter(charCode: number): number {
  const eighths = charCode - '0'.charCodeAt(0);
  return eighths >= 0 && eighths < LOADS - 1 ? eighths + 1 : 0;
}
