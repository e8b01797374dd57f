import * as z from 'zod/mini';

/**
 * What a node on the map is, as one letter, so that a hundred thousand of them are one short text:
 * used, reserved, idle, alive (which of these isn't known), dead, arriving (it joined less than a minute ago), unknown.
 */
export const cellStates = {
  b: 'used',
  r: 'reserved',
  i: 'idle',
  a: 'alive',
  d: 'dead',
  n: 'arriving',
  u: 'unknown',
} as const;
export const cellCode = z.enum(['b', 'r', 'i', 'a', 'd', 'n', 'u']) satisfies z.ZodMiniType<CellCode>;
export type CellCode = keyof typeof cellStates;
export type CellState = (typeof cellStates)[CellCode];

/** The state of a node as the page shows it: an idle one is free in the free pool. */
export type ShownState = CellState | 'free';

/** Where a node is held; both null: in the free pool. */
interface Place {
  readonly clusterId: string | null;
  readonly jobClusterId: string | null;
}

/** An idle node of the free pool is a free one; those of a job cluster in it are not. */
export function shownState(state: CellState, { clusterId, jobClusterId }: Place): ShownState {
  return state === 'idle' && clusterId === null && jobClusterId === null ? 'free' : state;
}

/** How long a node that joined counts as arriving, ms. */
export const ARRIVAL_PERIOD = 60_000;

/** An empty slot: nodes keep their slots when another one leaves. */
export const EMPTY_CELL = '.';

/** Stands for a load that is not known, which is not 0. */
export const UNKNOWN_LOAD = '-';

/**
 * The nodes of one template in one holder, each in a slot of its own while it stays there. The holder is a virtual
 * cluster, a job's cluster (inside a virtual cluster or, where `clusterId` is null, inside the free pool), or the free
 * pool (both null). `key` names it in links and in `NodePlace`.
 */
const mapSection = z.object({
  key: z.string(),
  clusterId: z.nullable(z.string()),
  jobClusterId: z.nullable(z.string()),
  /** Null: nodes whose template isn't known. */
  templateId: z.nullable(z.string()),
  /** One letter a slot, of `cellStates` or `EMPTY_CELL`; null where `changed` says what moved since. */
  cells: z.nullable(z.string()),
  /** With `cells`: the load of the node in each slot in eighths, 0 to 8, or `UNKNOWN_LOAD`. Left out where none is known. */
  loads: z.optional(z.string()),
  /** Number of slots now; higher ones no longer exist. */
  slots: z.number(),
  /** Slots that hold another node, state or load since the version that was asked from: the letter, and the load if known. Empty where `cells` says all. */
  changed: z.array(z.tuple([z.number(), z.string()])),
});
export type MapSection = z.infer<typeof mapSection>;

/** A node's place on the map: its section's key and its slot there. */
export const nodePlace = z.object({ section: z.string(), slot: z.number() });
export type NodePlace = z.infer<typeof nodePlace>;

/** A node that is elsewhere than at the version that was asked from. */
const nodeMove = z.object({ from: nodePlace, to: nodePlace });
export type NodeMove = z.infer<typeof nodeMove>;

/** With more moves than this nobody can follow single nodes: then none is reported. */
export const MAX_REPORTED_MOVES = 120;

/**
 * `GET /api/map?since=`: what moved on the map since a version of it. `version` is `epoch-n`: the fleet's epoch, and the
 * map's own number, which is also in `FleetUpdate.map`: while both are the same there is nothing to ask for.
 * `whole`: forget what was before.
 */
export const mapUpdate = z.object({
  version: z.string(),
  whole: z.boolean(),
  /** Sections that changed, all of them when whole. */
  sections: z.array(mapSection),
  /** Keys of sections removed since. */
  removed: z.array(z.string()),
  /** Nodes that moved since, at most `MAX_REPORTED_MOVES`; none when whole. Only these are seen moving. */
  moved: z.optional(z.array(nodeMove)),
});
export type MapUpdate = z.infer<typeof mapUpdate>;

/**
 * `GET /api/map/nodes?section=&from=&to=`: the nodes in the slots `from` up to, not including, `to`; null for an empty
 * slot, and for a host name that isn't known. At most `MAX_MAP_NODES`; fewer where the section ends before.
 */
export const mapNodes = z.object({
  version: z.string(),
  section: z.string(),
  from: z.number(),
  ids: z.array(z.nullable(z.string())),
  hostnames: z.array(z.nullable(z.string())),
});
export type MapNodes = z.infer<typeof mapNodes>;
export const MAX_MAP_NODES = 1_000;
