import * as z from 'zod/mini';
import { sourceNames, unknownReasons } from '../domain/sourced.ts';
import { change, type Change } from './change.ts';
import { profileEdit, type ProfileEdit } from './cluster-profile.ts';
import { changeList, type JournalQuery } from './journal.ts';
import { revision, time } from './values.ts';

/** Replica sets before and after, of the templates that differ; `more`: how many others differ and are left out. */
const sets = {
  sets: z.array(z.object({ templateId: z.string(), from: z.number(), to: z.number() })),
  more: z.number(),
};
/** As in `recent-events.ts`: nodes that do the same in one reading, of which at most five are named. */
const nodes = { count: z.number(), nodeIds: z.array(z.string()), templateId: z.nullable(z.string()) };
/** Null: the free pool. */
const holder = z.nullable(z.string());
const jobCluster = { clusterId: holder, submissionId: z.string(), entrypoint: z.nullable(z.string()) };

/** What the console saw in Ray's readings, or of itself, without anybody asking it for that. */
export const sighting = z.discriminatedUnion('kind', [
  /** By a change that did not go through this console. */
  z.object({ kind: z.literal('replica-sets-changed'), clusterId: z.string(), revision, ...sets }),
  z.object({ kind: z.literal('cluster-created'), clusterId: z.string(), divisible: z.boolean(), ...sets }),
  z.object({ kind: z.literal('cluster-deleted'), clusterId: z.string(), ...sets }),
  z.object({ kind: z.literal('died'), ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('arrived'), ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('left'), ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('replaced'), ...nodes, clusterId: holder }),
  z.object({ kind: z.literal('moved'), ...nodes, from: holder, to: holder }),
  z.object({ kind: z.literal('job-cluster-started'), ...jobCluster }),
  z.object({ kind: z.literal('job-cluster-ended'), ...jobCluster }),
  z.object({ kind: z.literal('ray-restarted') }),
  z.object({ kind: z.literal('ray-emptied') }),
  z.object({ kind: z.literal('outage-began'), source: z.enum(sourceNames), reason: z.enum(unknownReasons) }),
  z.object({ kind: z.literal('outage-ended'), source: z.enum(sourceNames) }),
  /** `lastAt`: when the console had written something before; null for never. What happened between was not seen. */
  z.object({ kind: z.literal('console-started'), lastAt: z.nullable(time) }),
  z.object({ kind: z.literal('console-stopped') }),
  /** So many more of a kind were seen within the hour, and not kept. */
  z.object({ kind: z.literal('omitted'), of: z.string(), count: z.number() }),
]);
export type Sighting = z.infer<typeof sighting>;
export type SightingKind = Sighting['kind'];

const kinds: Record<SightingKind, true> = {
  'replica-sets-changed': true,
  'cluster-created': true,
  'cluster-deleted': true,
  died: true,
  arrived: true,
  left: true,
  replaced: true,
  moved: true,
  'job-cluster-started': true,
  'job-cluster-ended': true,
  'ray-restarted': true,
  'ray-emptied': true,
  'outage-began': true,
  'outage-ended': true,
  'console-started': true,
  'console-stopped': true,
  omitted: true,
};

/** What a timeline is filtered by: `changes` through this console, of virtual clusters and of their owners, everything `seen`, or some kinds of what was seen. */
export type TimelineKind = 'changes' | 'seen' | SightingKind;

export function isTimelineKind(text: string): text is TimelineKind {
  return text === 'changes' || text === 'seen' || Object.hasOwn(kinds, text);
}

export const timelineKinds: readonly TimelineKind[] = ['changes', 'seen', ...Object.keys(kinds)].filter(isTimelineKind);

/** A sighting as it is kept. `at`: when the reading arrived that showed it. */
const observation = z.object({ id: z.string(), at: time, what: sighting });
export type Observation = z.infer<typeof observation>;

/** As for the journal. Who did what was seen is not known, and an edit of an owner has no outcome: it never goes to Ray. */
export interface TimelineQuery extends JournalQuery {
  readonly kinds?: readonly TimelineKind[];
}

/** The most entries of a page, and so many if none is asked for. */
export const MAX_IN_TIMELINE_PAGE = 100;

const entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('change'), at: time, change }),
  z.object({ type: z.literal('edit'), at: time, edit: profileEdit }),
  z.object({ type: z.literal('seen'), at: time, seen: observation }),
]);
export type TimelineEntry =
  | { readonly type: 'change'; readonly at: number; readonly change: Change }
  | { readonly type: 'edit'; readonly at: number; readonly edit: ProfileEdit }
  | { readonly type: 'seen'; readonly at: number; readonly seen: Observation };

/**
 * `GET /api/timeline`: what was changed, who an owner was set by, and what was seen, newest first, at most `limit` of them. `next`: give it as `before` for the next page; null
 * after the last. `total` and `kept`: of the changes, as in the journal; `seenKept`: of what was seen.
 */
export const timelinePage = z.object({
  entries: z.array(entry),
  next: z.nullable(z.string()),
  total: z.number(),
  kept: changeList.shape.kept,
  seenKept: z.object({ most: z.number(), days: z.number() }),
});
export type TimelinePage = Readonly<Omit<z.infer<typeof timelinePage>, 'entries'>> & {
  readonly entries: readonly TimelineEntry[];
};
