import type { ChangeRequest } from '../../domain/change.ts';
import { jobClustersOf } from '../../simulator/engine/world.ts';
import { checkEditor } from './safety-checks.ts';
import { applyInterleaved } from './external-commands.ts';
import type { Command } from './commands.ts';
import type { UserTab, TestBed } from './test-bed.ts';

/** What a person does before one page. What can't be done there just now is left out. */
export function applyUserCommand(world: TestBed, seat: UserTab, step: Command): void {
  const { page } = seat;
  const editing = page.editor();
  // Of the step before: what it asked for may not have gone out.
  seat.nextFaults = null;
  if ('put' in step && step.do !== 'twice' && step.do !== 'send-again')
    seat.nextFaults = { put: step.put, writes: 'writes' in step ? step.writes : [] };

  function open(clusterId: string | null) {
    if (editing !== null && !editing.isOver() && editing.clusterId === clusterId) return editing;
    leaveEditor(seat);
    // Who opens one by hand is in it: a reloaded page that has shown nothing yet doesn't open the one from before over it.
    seat.reopen = null;
    page.openEditor(clusterId, page.drafts.get(clusterId) === null ? null : (seat.leftDrafts.get(clusterId) ?? null));
    return page.editor();
  }

  switch (step.do) {
    case 'edit':
    case 'edit-while': {
      const opened = open(step.cluster);
      step.counts.forEach((text, index) => opened?.type(index, text));
      if (step.do === 'edit-while') applyInterleaved(world, step.other, step.cluster);
      return opened?.save();
    }
    case 'create': {
      const opened = open(null);
      opened?.typeId(step.cluster, step.divisible);
      step.counts.forEach((text, index) => opened?.type(index, text));
      return opened?.save();
    }
    case 'open':
      open(step.cluster);
      return;
    case 'type':
      return editing?.type(step.field, step.text);
    case 'save':
      return editing?.save();
    case 'suggest':
      return editing?.applySuggestion();
    case 'merge':
      return editing?.saveMerged(step.sides);
    case 'recreate':
      return editing?.recreate();
    case 'send-again': {
      const last = seat.sent.at(-1);
      if (editing?.submitter.current().phase !== 'never-arrived' || last === undefined) return;
      seat.nextFaults = { put: step.put, writes: step.writes };
      return editing.submitter.sendAgain();
    }
    case 'twice': {
      const last = seat.sent.at(-1);
      if (last === undefined) return;
      seat.putFaults.set(last.id, step.put);
      page.api.putChange(last.id, last.wanted).catch(() => undefined);
      return;
    }
    case 'look':
      editing?.submitter.checkAgain();
      for (const each of page.submitters()) each.checkAgain();
      return;
    case 'go-on':
      return editing?.dismissUnknown();
    case 'start-from-now':
      return editing?.startFromNow();
    case 'reload': {
      const again = editing !== null && !editing.isOver() ? { clusterId: editing.clusterId } : null;
      leaveEditor(seat);
      seat.reload();
      seat.reopen = again;
      return;
    }
    case 'leave':
      return leaveEditor(seat);
    case 'discard':
      return page.discard();
    case 'break-stream':
      return seat.streamLink.break();
    case 'delete':
      return page.delete(step.cluster);
    case 'delete-when-idle':
      return page.deleteWhenIdle(step.cluster);
    case 'touch':
      return page.saveUnchanged(step.cluster);
    case 'cancel':
      return page.cancelWaiting();
    case 'release-all':
      return page.releaseAll();
    case 'release': {
      const wanted = jobClusterAt(world, step.which);
      if (wanted !== null) page.submitChange(wanted);
      return;
    }
    case 'stop-job': {
      const wanted = jobAt(world, step.which);
      if (wanted !== null) page.submitChange(wanted);
      return;
    }
    case 'page-trouble':
      seat.readFault = { fate: step.fate, times: step.times };
      return;
    case 'slow-stream':
      seat.streamLink.delay = step.delay;
      return;
    case 'hide':
      return page.setVisible(!step.isHidden);
    default:
  }
}

/** Some job's cluster, the leftovers first. */
function jobClusterAt({ simulation }: TestBed, which: number): ChangeRequest | null {
  const all = [...jobClustersOf(simulation.world())].sort((one, other) => one.activeJobs.size - other.activeJobs.size);
  const one = all[which % Math.max(1, all.length)];
  return one === undefined ? null : { kind: 'release', clusterId: one.id };
}

/** Some job, the newest first: most of them run. */
function jobAt({ simulation }: TestBed, which: number): ChangeRequest | null {
  const all = [...simulation.world().jobs.values()].toReversed();
  const one = all[which % Math.max(1, all.length)];
  return one === undefined
    ? null
    : { kind: 'stop-job', clusterId: one.clusterId.split('##')[0] ?? '', submissionId: one.submissionId };
}

/** Goes away from the editor; what is typed in it must be kept. */
function leaveEditor(seat: UserTab): void {
  const editing = seat.page.editor();
  if (editing === null) return;
  if (!editing.isOver()) {
    checkEditor(seat);
    seat.leftDrafts.set(editing.clusterId, editing.expected());
  }
  seat.page.leaveEditor();
}
