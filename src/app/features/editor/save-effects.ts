import type { Sourced } from '../../../domain/sourced.ts';
import type { FreePool } from '../../../domain/fleet.ts';
import type { PreviewRow, SavePreview } from '../../../domain/preview.ts';

type UnknownFact = Extract<Sourced<unknown>, { readonly known: false }>;

/** One thing that a save will do to a template's nodes. */
export type SaveEffect =
  | { readonly kind: 'takes'; readonly count: number; readonly atMost: number | null }
  /** `atLeast`: the free count is "at most", so more may be missing. */
  | {
      readonly kind: 'short';
      readonly count: number;
      readonly atLeast: boolean;
      readonly idleElsewhere: PreviewRow['idleElsewhere'];
    }
  | { readonly kind: 'takes-unknown'; readonly count: number; readonly why: UnknownFact }
  /** `isDoubtful`: a job may hold some of them, which Ray then keeps. */
  | { readonly kind: 'goes-back'; readonly count: number; readonly isDoubtful: boolean }
  /** More is to go back than can: Ray will refuse it. `jobs`: how many hold the others; null: that is not known. */
  | {
      readonly kind: 'kept';
      readonly can: number;
      readonly atMost: boolean;
      readonly kept: number;
      readonly jobs: number | null;
      /** Whether jobs hold nodes of their own, rather than run on shared ones. */
      readonly isDivided: boolean;
    }
  /** Dead members of other clusters wait for such nodes: Ray gives them `first` of what goes back (fact 32). */
  | {
      readonly kind: 'waited-for';
      readonly templateId: string;
      readonly clusterIds: readonly string[];
      readonly dead: number;
      readonly first: number;
    }
  /** Only others changed it since the form was opened: a save keeps their value. */
  | { readonly kind: 'keeps-theirs'; readonly count: number }
  /** Both changed it: the person must choose. */
  | { readonly kind: 'undecided'; readonly mine: number; readonly theirs: number }
  | { readonly kind: 'jobs-at-risk'; readonly count: number }
  | { readonly kind: 'jobs-unknown'; readonly why: UnknownFact }
  /** The head node is of this template and may be the node taken (fact 15). */
  | { readonly kind: 'head' }
  | { readonly kind: 'no-node' }
  /** Dead members count as held (fact 20). */
  | { readonly kind: 'dead'; readonly count: number };

/** Whether it needs a second look before saving. */
export function isWarning(note: SaveEffect): boolean {
  return (
    note.kind !== 'keeps-theirs' &&
    note.kind !== 'takes' &&
    (note.kind !== 'goes-back' || note.isDoubtful) &&
    note.kind !== 'takes-unknown' &&
    note.kind !== 'dead'
  );
}

/** The effects of a save on one template, in display order. */
export function saveEffectsOf(
  row: PreviewRow,
  jobsAtRisk: SavePreview['jobsAtRisk'],
  pool: FreePool,
): readonly SaveEffect[] {
  const notes: SaveEffect[] = [];
  const change = row.change ?? 0;
  if (change > 0) notes.push(...growth(row, change));
  if (row.goesBack > 0) {
    notes.push(...shrink(row));
    if (!jobsAtRisk.known) notes.push({ kind: 'jobs-unknown', why: jobsAtRisk });
    else if (jobsAtRisk.value.length > 0) notes.push({ kind: 'jobs-at-risk', count: jobsAtRisk.value.length });
  }
  if (change > 0 && row.isHeadTemplate) notes.push({ kind: 'head' });
  if (isUnusedTemplate(row, pool)) notes.push({ kind: 'no-node' });
  if (row.dead.known && row.dead.value > 0) notes.push({ kind: 'dead', count: row.dead.value });
  return notes;
}

function shrink({ templateId, now, goesBack, canGoBack, heldBy, waiting }: PreviewRow): readonly SaveEffect[] {
  const { count: can, atMost } = canGoBack;
  if (goesBack > can) {
    const jobs = heldBy.known ? heldBy.value : null;
    const isDivided = jobs?.some(({ jobClusterId }) => jobClusterId !== null) ?? false;
    return [{ kind: 'kept', can, atMost, kept: now - can, jobs: jobs?.length ?? null, isDivided }];
  }
  const goes: SaveEffect = { kind: 'goes-back', count: goesBack, isDoubtful: atMost };
  const dead = waiting.reduce((sum, each) => sum + each.dead, 0);
  if (dead === 0) return [goes];
  const clusterIds = waiting.map(({ clusterId }) => clusterId);
  return [goes, { kind: 'waited-for', templateId, clusterIds, dead, first: Math.min(goesBack, dead) }];
}

function growth(row: PreviewRow, change: number): readonly SaveEffect[] {
  const { free, takesFromFree, short } = row;
  if (!free.known) return [{ kind: 'takes-unknown', count: change, why: free }];
  if (!takesFromFree.known || !short.known) return [];
  const { atMost, count } = free.value;
  const notes: SaveEffect[] = [];
  if (takesFromFree.value > 0) notes.push({ kind: 'takes', count: takesFromFree.value, atMost: atMost ? count : null });
  if (short.value > 0)
    notes.push({ kind: 'short', count: short.value, atLeast: atMost, idleElsewhere: row.idleElsewhere });
  return notes;
}

/** Typed by hand, and no node that the fleet knows is of it; nobody knows where no template is known at all. */
function isUnusedTemplate(row: PreviewRow, pool: FreePool): boolean {
  return (
    row.now === 0 &&
    pool.templates.length > 0 &&
    pool.templates.every(({ templateId }) => templateId !== row.templateId)
  );
}
