import type { Base, ChangeKind, ChangeRequest, StopJobChange } from './change.ts';
import { splitJobClusterId } from './cluster-id.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { NO_REVISION, type Revision } from './revision.ts';
import type { SourceName } from './sourced.ts';

/** How one kind of change is queued, sent and settled. */
export interface ChangeTraits {
  /** Changes with the same queue key are sent one after the other. `parent`: of the cluster that a job cluster is part of. */
  readonly queuedBy: 'cluster' | 'parent';
  /** The source that shows what became of it, and its cluster's members. */
  readonly evidenceSource: Extract<SourceName, 'list' | 'state' | 'jobs'>;
  /** What must be read right before it is sent. `list-for-edit`: Ray would bring a deleted cluster back (fact 5). */
  readonly readFirst: 'list-for-edit' | 'everything' | 'nothing';
  /** Whether Ray compares the revision that it goes out on, provided the cluster exists (fact 5). */
  readonly hasRevision: boolean;
  /** Whether the cluster's absence may be its doing from the moment it is sent. */
  readonly marksRemoval: boolean;
  /** Whether its reply removes the cluster from the list only as it was when sent: one changed since is left to the next reading. */
  readonly removesOnlyAsSent: boolean;
  /** Whether it changes which nodes are in the cluster. */
  readonly movesMembers: boolean;
  /** Whether it may be sent again without asking when only the revision moved (fact 6). */
  readonly retriesSilently: boolean;
  /** Whether it waits until its cluster is idle. */
  readonly waits: boolean;
}

const changeKinds = {
  save: {
    queuedBy: 'cluster',
    evidenceSource: 'list',
    readFirst: 'list-for-edit',
    hasRevision: true,
    marksRemoval: false,
    removesOnlyAsSent: false,
    movesMembers: true,
    retriesSilently: true,
    waits: false,
  },
  delete: {
    queuedBy: 'cluster',
    evidenceSource: 'list',
    readFirst: 'nothing',
    hasRevision: false,
    marksRemoval: true,
    removesOnlyAsSent: true,
    movesMembers: true,
    retriesSilently: false,
    waits: false,
  },
  'delete-when-idle': {
    queuedBy: 'cluster',
    evidenceSource: 'list',
    readFirst: 'everything',
    hasRevision: false,
    marksRemoval: true,
    removesOnlyAsSent: false,
    movesMembers: true,
    retriesSilently: false,
    waits: true,
  },
  // Only the state API shows job clusters (fact 22).
  release: {
    queuedBy: 'parent',
    evidenceSource: 'state',
    readFirst: 'nothing',
    hasRevision: false,
    marksRemoval: false,
    removesOnlyAsSent: false,
    movesMembers: true,
    retriesSilently: false,
    waits: false,
  },
  'stop-job': {
    queuedBy: 'cluster',
    evidenceSource: 'jobs',
    readFirst: 'nothing',
    hasRevision: false,
    marksRemoval: false,
    removesOnlyAsSent: false,
    movesMembers: false,
    retriesSilently: false,
    waits: false,
  },
} satisfies Record<ChangeKind, ChangeTraits>;

export function traitsOf({ kind }: Pick<ChangeRequest, 'kind'>): ChangeTraits {
  return changeKinds[kind];
}

/** The queue that a change waits in: a job cluster's release waits with its parent's changes. */
export function queueKey(request: ChangeRequest): string {
  const { clusterId } = request;
  switch (traitsOf(request).queuedBy) {
    case 'cluster':
      return clusterId;
    case 'parent':
      return splitJobClusterId(clusterId)?.parentId ?? clusterId;
  }
}

/** What an edit starts from; null for everything else, a creation included. */
export function editBaseOf(request: ChangeRequest): Base | null {
  switch (request.kind) {
    case 'save':
      return request.base;
    case 'delete':
    case 'delete-when-idle':
    case 'release':
    case 'stop-job':
      return null;
  }
}

/** The revision that a change first goes out on; null for what has none. */
export function firstRevisionOf(request: ChangeRequest): Revision | null {
  return traitsOf(request).hasRevision ? (editBaseOf(request)?.revision ?? NO_REVISION) : null;
}

/** What Ray shows once a change is done. */
export type ExpectedState = ExpectedCluster | { readonly kind: 'gone' } | ExpectedJob;

export interface ExpectedCluster {
  readonly kind: 'cluster';
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  /** The revision must be newer than this; null: any, since a creation has no base. */
  readonly newerThan: Revision | null;
}

interface ExpectedJob {
  readonly kind: 'job-stopped';
  readonly submissionId: string;
}

export function expectedStateOf(request: Exclude<ChangeRequest, StopJobChange>): Exclude<ExpectedState, ExpectedJob>;
export function expectedStateOf(request: ChangeRequest): ExpectedState;
export function expectedStateOf(request: ChangeRequest): ExpectedState {
  switch (request.kind) {
    case 'save': {
      const { divisible, want, base } = request;
      return { kind: 'cluster', divisible, replicaSets: want, newerThan: base?.revision ?? null };
    }
    case 'delete':
    case 'delete-when-idle':
    case 'release':
      return { kind: 'gone' };
    case 'stop-job':
      return { kind: 'job-stopped', submissionId: request.submissionId };
  }
}
