import * as z from 'zod/mini';

/**
 * What a node on the map is, as one letter, so that a hundred thousand of them are one short text:
 * idle, busy, alive (whether it works isn't known), dead, arriving (it joined less than a minute ago), unknown.
 */
export const cellStates = { i: 'idle', b: 'busy', a: 'alive', d: 'dead', n: 'arriving', u: 'unknown' } as const;
export type CellCode = keyof typeof cellStates;
export type CellState = (typeof cellStates)[CellCode];

/** A slot that no node has now: a node that left keeps the others in their places. */
export const EMPTY_CELL = '.';

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
  /** How many slots there are now, and which of them hold something else since the version that was asked from. */
  slots: z.number(),
  changed: z.array(z.tuple([z.number(), z.string()])),
});
export type MapSection = z.infer<typeof mapSection>;

/** `GET /api/map?since=`: what moved on the map since a version (`epoch-n`, the fleet's); `whole`: forget what was before. */
export const mapUpdate = z.object({
  version: z.string(),
  whole: z.boolean(),
  /** Sections that changed, all of them when whole. */
  sections: z.array(mapSection),
  /** Keys of sections that went away since. */
  removed: z.array(z.string()),
});
export type MapUpdate = z.infer<typeof mapUpdate>;

/** Where on the map a node is. */
export const nodePlace = z.object({ section: z.string(), slot: z.number() });
export type NodePlace = z.infer<typeof nodePlace>;

/** `GET /api/map/nodes?section=&from=&to=`: ids of the nodes in these slots, null for an empty one; at most `MAX_MAP_NODES`. */
export const mapNodes = z.object({ version: z.string(), section: z.string(), from: z.number(), ids: z.array(z.nullable(z.string())), hostnames: z.array(z.nullable(z.string())) });
export type MapNodes = z.infer<typeof mapNodes>;
export const MAX_MAP_NODES = 1_000;
