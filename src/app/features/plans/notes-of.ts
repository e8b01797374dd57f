import type { PlanReply } from '../../../contract/plan.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { mayStillRun } from '../../../domain/node-holders.ts';
import { isLeft, isOutcomeOpen } from '../../../domain/plan/run.ts';

/** Something to know before a plan runs. `stepId`: where it stands among the steps. */
export type PlanNote =
  /** Ray's list can't be read, so nothing runs and nothing below is sure. */
  | { readonly kind: 'unreadable' }
  /** What was sent may have happened: nothing goes on, and nothing is known of what comes after. */
  | { readonly kind: 'outcome-open'; readonly stepId: string }
  /** These are no longer as they were planned on: nothing is sent there, so they come before all that is said of nodes. */
  | { readonly kind: 'moved'; readonly clusterIds: readonly string[]; readonly stepId: string }
  | { readonly kind: 'short'; readonly clusterId: string; readonly stepId: string }
  /** Whether nodes are lacking is computed from what was planned on. */
  | { readonly kind: 'fits-later' }
  | { readonly kind: 'free-unknown'; readonly templateIds: readonly string[] }
  | { readonly kind: 'fits' }
  /** Something uses what is to be deleted, which Ray refuses then (fact 25). */
  | { readonly kind: 'in-use'; readonly clusterId: string; readonly stepId: string }
  | { readonly kind: 'risk'; readonly clusterId: string; readonly jobs: number | null };

/** What is to be known of a plan's steps that are left, the most pressing first. */
export function notesOf(
  { plan, preview }: PlanReply,
  isReadable: boolean,
  clusters: ReadonlyMap<string, VirtualCluster>,
): readonly PlanNote[] {
  const { forecast, moved, jobsAtRisk } = preview;
  const left = plan.run.steps.filter(({ state }) => isLeft(state));
  const notes: PlanNote[] = isReadable ? [] : [{ kind: 'unreadable' }];
  const open = left.find(({ state }) => isOutcomeOpen(state));
  if (open !== undefined) return [...notes, { kind: 'outcome-open', stepId: open.step.id }];
  const firstMoved = left.find(({ step }) => moved.includes(step.clusterId));
  if (firstMoved !== undefined) notes.push({ kind: 'moved', clusterIds: moved, stepId: firstMoved.step.id });
  const short = left.find(({ step }) => step.id === forecast.firstShort)?.step;
  const isTaken = (templateId: string) =>
    forecast.steps.some(({ templates }) => templates.some((each) => each.templateId === templateId && each.taken > 0));
  const unknown = forecast.templates.filter(({ templateId, before }) => before === null && isTaken(templateId));
  if (short !== undefined) notes.push({ kind: 'short', clusterId: short.clusterId, stepId: short.id });
  else if (firstMoved !== undefined) notes.push({ kind: 'fits-later' });
  else if (unknown.length > 0)
    notes.push({ kind: 'free-unknown', templateIds: unknown.map(({ templateId }) => templateId) });
  else if (isReadable) notes.push({ kind: 'fits' });
  const refused = new Set<string>();
  for (const { step } of left) {
    if (step.to !== null || !isUsed(clusters.get(step.clusterId))) continue;
    refused.add(step.clusterId);
    notes.push({ kind: 'in-use', clusterId: step.clusterId, stepId: step.id });
  }
  // A delete that is refused takes no node from a job.
  for (const { clusterId, jobs } of jobsAtRisk)
    if (!refused.has(clusterId)) notes.push({ kind: 'risk', clusterId, jobs: jobs?.length ?? null });
  return notes;
}

/** As far as is known. Job clusters that ended jobs left behind hold it, too. */
function isUsed(cluster: VirtualCluster | undefined): boolean {
  if (cluster === undefined || !cluster.usedBy.known) return false;
  const { jobs, jobClusters } = cluster.usedBy.value;
  return jobClusters.length > 0 || jobs.some(mayStillRun);
}

/** Whether a plan with these notes is run at the second question only. */
export function isWarned(notes: readonly PlanNote[]): boolean {
  return notes.some(({ kind }) => kind === 'moved' || kind === 'short' || kind === 'in-use' || kind === 'risk');
}
