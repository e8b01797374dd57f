import type { WantedChange } from '../domain/change.ts';
import { jobClustersOf } from '../simulator/world.ts';
import { checkEditor } from './checks.ts';
import { meanwhile } from './outside.ts';
import type { Step } from './steps.ts';
import type { Seat, World } from './world.ts';

/** What a person does before one page. What can't be done there just now is left out. */
export function actAt(world: World, seat: Seat, step: Step): void {
  const { page } = seat;
  const editing = page.editing();
  // Of the step before: what it asked for may not have gone out.
  seat.next = null;
  if ('put' in step && step.do !== 'twice' && step.do !== 'send-again')
    seat.next = { put: step.put, writes: 'writes' in step ? step.writes : [] };

  function open(clusterId: string | null) {
    if (editing !== null && !editing.isOver() && editing.clusterId === clusterId) return editing;
    leave(seat);
    // Who opens one by hand is in it: a reloaded page that has shown nothing yet doesn't open the one from before over it.
    seat.reopen = null;
    page.openEditor(clusterId, page.drafts.get(clusterId) === null ? null : (seat.leftDrafts.get(clusterId) ?? null));
    return page.editing();
  }

  switch (step.do) {
    case 'edit':
    case 'edit-while': {
      const opened = open(step.cluster);
      step.counts.forEach((text, index) => opened?.type(index, text));
      if (step.do === 'edit-while') meanwhile(world, step.other, step.cluster);
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
      if (editing?.sending.current().phase !== 'never-arrived' || last === undefined) return;
      seat.next = { put: step.put, writes: step.writes };
      return editing.sending.sendAgain();
    }
    case 'twice': {
      const last = seat.sent.at(-1);
      if (last === undefined) return;
      seat.putFates.set(last.id, step.put);
      page.api.putChange(last.id, last.wanted).catch(() => undefined);
      return;
    }
    case 'look':
      editing?.sending.checkAgain();
      for (const each of page.removals()) each.checkAgain();
      return;
    case 'go-on':
      return editing?.goOn();
    case 'start-from-now':
      return editing?.startFromNow();
    case 'reload': {
      const again = editing !== null && !editing.isOver() ? { clusterId: editing.clusterId } : null;
      leave(seat);
      seat.restart();
      seat.reopen = again;
      return;
    }
    case 'leave':
      return leave(seat);
    case 'discard':
      return page.discard();
    case 'break-stream':
      return seat.line.break();
    case 'delete':
      return page.delete(step.cluster);
    case 'delete-when-idle':
      return page.deleteWhenIdle(step.cluster);
    case 'touch':
      return page.touch(step.cluster);
    case 'cancel':
      return page.cancelWaiting();
    case 'release-all':
      return page.releaseAll();
    case 'release': {
      const wanted = jobClusterAt(world, step.which);
      if (wanted !== null) page.remove(wanted);
      return;
    }
    case 'stop-job': {
      const wanted = jobAt(world, step.which);
      if (wanted !== null) page.remove(wanted);
      return;
    }
    case 'page-trouble':
      seat.trouble = { fate: step.fate, times: step.times };
      return;
    case 'slow-stream':
      seat.line.delay = step.delay;
      return;
    case 'hide':
      return page.show(!step.isHidden);
    default:
  }
}

/** Some job's cluster, the leftovers first. */
function jobClusterAt({ simulation }: World, which: number): WantedChange | null {
  const all = [...jobClustersOf(simulation.world())].sort((one, other) => one.users.size - other.users.size);
  const one = all[which % Math.max(1, all.length)];
  return one === undefined ? null : { kind: 'release', clusterId: one.id };
}

/** Some job, the newest first: most of them run. */
function jobAt({ simulation }: World, which: number): WantedChange | null {
  const all = [...simulation.world().jobs.values()].toReversed();
  const one = all[which % Math.max(1, all.length)];
  return one === undefined
    ? null
    : { kind: 'stop-job', clusterId: one.clusterId.split('##')[0] ?? '', submissionId: one.submissionId };
}

/** Goes away from the editor; what is typed in it must be kept. */
function leave(seat: Seat): void {
  const editing = seat.page.editing();
  if (editing === null) return;
  if (!editing.isOver()) {
    checkEditor(seat);
    seat.leftDrafts.set(editing.clusterId, editing.expected());
  }
  seat.page.leaveEditor();
}
