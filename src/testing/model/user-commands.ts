import type { ChangeRequest } from '../../domain/change.ts';
import { jobClustersOf } from '../../simulator/engine/world.ts';
import { checkEditor } from './safety-checks.ts';
import { applyInterleaved } from './external-commands.ts';
import type { Command } from './commands.ts';
import type { TestBed } from './test-bed.ts';
import type { UserTab } from './user-tab.ts';

/** Applies a user's command to one page. A command that is impossible in the page's state is skipped. */
export function applyUserCommand(testBed: TestBed, tab: UserTab, command: Command): void {
  const { page } = tab;
  const editor = page.editor();
  // Faults of the previous command, whose change may never have been sent.
  tab.nextFaults = null;
  if ('put' in command && command.kind !== 'twice' && command.kind !== 'send-again')
    tab.nextFaults = { put: command.put, writes: 'writes' in command ? command.writes : [] };

  function open(clusterId: string | null) {
    if (editor !== null && !editor.isOver() && editor.clusterId === clusterId) return editor;
    leaveEditor(tab);
    // An editor opened by hand replaces the one that a reload would reopen.
    tab.reopen = null;
    page.openEditor(clusterId, page.drafts.get(clusterId) === null ? null : (tab.leftDrafts.get(clusterId) ?? null));
    return page.editor();
  }

  switch (command.kind) {
    case 'edit':
    case 'edit-while': {
      const opened = open(command.cluster);
      command.counts.forEach((text, index) => opened?.type(index, text));
      if (command.kind === 'edit-while') applyInterleaved(testBed, command.other, command.cluster);
      return opened?.save();
    }
    case 'create': {
      const opened = open(null);
      opened?.typeId(command.cluster, command.divisible);
      command.counts.forEach((text, index) => opened?.type(index, text));
      return opened?.save();
    }
    case 'open':
      open(command.cluster);
      return;
    case 'type':
      return editor?.type(command.field, command.text);
    case 'save':
      return editor?.save();
    case 'suggest':
      return editor?.applySuggestion();
    case 'merge':
      return editor?.saveMerged(command.sides);
    case 'recreate':
      return editor?.recreate();
    case 'send-again': {
      const last = tab.sent.at(-1);
      if (editor?.submitter.current().phase !== 'never-arrived' || last === undefined) return;
      tab.nextFaults = { put: command.put, writes: command.writes };
      return editor.submitter.sendAgain();
    }
    case 'twice': {
      const last = tab.sent.at(-1);
      if (last === undefined) return;
      tab.putFaults.set(last.id, command.put);
      page.api.putChange(last.id, last.wanted).catch(() => undefined);
      return;
    }
    case 'look':
      editor?.submitter.checkAgain();
      for (const each of page.submitters()) each.checkAgain();
      return;
    case 'go-on':
      return editor?.dismissUnknown();
    case 'start-from-now':
      return editor?.startFromNow();
    case 'reload': {
      const reopen = editor !== null && !editor.isOver() ? { clusterId: editor.clusterId } : null;
      leaveEditor(tab);
      tab.reload();
      tab.reopen = reopen;
      return;
    }
    case 'leave':
      return leaveEditor(tab);
    case 'discard':
      return page.discard();
    case 'break-stream':
      return tab.streamLink.break();
    case 'delete':
      return page.delete(command.cluster);
    case 'delete-when-idle':
      return page.deleteWhenIdle(command.cluster);
    case 'touch':
      return page.saveUnchanged(command.cluster);
    case 'cancel':
      return page.cancelWaiting();
    case 'release-all':
      return page.releaseAll();
    case 'release': {
      const wanted = jobClusterAt(testBed, command.which);
      if (wanted !== null) page.submitChange(wanted);
      return;
    }
    case 'stop-job': {
      const wanted = jobAt(testBed, command.which);
      if (wanted !== null) page.submitChange(wanted);
      return;
    }
    case 'page-trouble':
      tab.readFault = { fault: command.fault, times: command.times };
      return;
    case 'slow-stream':
      tab.streamLink.delay = command.delay;
      return;
    case 'hide':
      return page.setVisible(!command.isHidden);
    default:
  }
}

/** A job cluster, leftovers first. */
function jobClusterAt({ simulation }: TestBed, which: number): ChangeRequest | null {
  const jobClusters = [...jobClustersOf(simulation.world())].sort(
    (one, other) => one.activeJobs.size - other.activeJobs.size,
  );
  const jobCluster = jobClusters[which % Math.max(1, jobClusters.length)];
  return jobCluster === undefined ? null : { kind: 'release', clusterId: jobCluster.id };
}

/** A job, newest first, since most of those are running. */
function jobAt({ simulation }: TestBed, which: number): ChangeRequest | null {
  const jobs = [...simulation.world().jobs.values()].toReversed();
  const job = jobs[which % Math.max(1, jobs.length)];
  return job === undefined
    ? null
    : { kind: 'stop-job', clusterId: job.clusterId.split('##')[0] ?? '', submissionId: job.submissionId };
}

/** Leaves the editor; its typed text must be kept. */
function leaveEditor(tab: UserTab): void {
  const editor = tab.page.editor();
  if (editor === null) return;
  if (!editor.isOver()) {
    checkEditor(tab);
    tab.leftDrafts.set(editor.clusterId, editor.expected());
  }
  tab.page.leaveEditor();
}
