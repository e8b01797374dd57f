import * as z from 'zod/mini';
import { unknownReasons } from '../domain/sourced.ts';
import { authMethod } from './auth-method.ts';
import { failureCause } from './fleet.ts';

const time = z.number();

/** What one Ray's console knows of it. What is not known now is null. */
const rayFleet = z.object({
  clusters: z.number(),
  nodes: z.nullable(z.number()),
  dead: z.nullable(z.number()),
  /** `free` with `atMost`: an upper bound. */
  templates: z.array(
    z.object({
      templateId: z.string(),
      free: z.nullable(z.object({ count: z.number(), atMost: z.boolean() })),
      alive: z.nullable(z.number()),
    }),
  ),
  /** When the oldest of the readings that this is made of began. */
  oldestReadAt: time,
  /** How many things wait for a person, as the list of virtual clusters counts them. */
  attention: z.number(),
});
export type RayFleet = z.infer<typeof rayFleet>;

/** Why the files of a Ray can't be opened, for a page that has words of its own. */
const notOpenedCodes = [
  'journal-newer',
  'journal-in-use',
  'journal-link',
  'journal-not-writable',
  'usage-newer',
  'usage-link',
  'usage-not-writable',
] as const;
/** `at`: the file or folder that it is about. */
const notOpenedCause = z.object({ code: z.enum(notOpenedCodes), at: z.string() });
export type NotOpenedCause = z.infer<typeof notOpenedCause>;

/**
 * Whether a Ray's list of virtual clusters is known. `opening`: its console starts · `not-opened`: it can't, `because` says why ·
 * `reading`: the first read has not ended · `read` · `failing` since then.
 */
const rayState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opening') }),
  z.object({ kind: z.literal('not-opened'), because: z.string(), cause: z.nullable(notOpenedCause) }),
  z.object({ kind: z.literal('reading') }),
  z.object({ kind: z.literal('read'), fleet: rayFleet }),
  z.object({
    kind: z.literal('failing'),
    reason: z.enum(unknownReasons),
    /** What the console met, where more is known than the reason. */
    cause: z.optional(failureCause),
    since: time,
    /** When the list was read last; null: never. */
    lastReadAt: z.nullable(time),
  }),
]);
export type RayState = z.infer<typeof rayState>;

/** The newest change in a Ray's journal. */
const lastChange = z.object({ clusterId: z.string(), who: z.string(), askedAt: time });
export type LastChange = z.infer<typeof lastChange>;

const rayOverview = z.object({
  name: z.string(),
  /** `http://host:8265`, or `simulator`. */
  address: z.string(),
  simulated: z.boolean(),
  state: rayState,
  /** Null: nothing was changed through the console yet. */
  lastChange: z.nullable(lastChange),
});
export type RayOverview = z.infer<typeof rayOverview>;

/** `GET /api/rays`: the Rays of this console by name, none where it has only one without a name; and who asks. */
export const raysReply = z.object({
  who: z.string(),
  via: authMethod,
  consoleVersion: z.string(),
  now: time,
  rays: z.array(rayOverview),
});
export type RaysReply = z.infer<typeof raysReply>;
