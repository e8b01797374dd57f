import { countText, jobsText, nodesText } from './count-text.ts';

export const remove = {
  open: 'Delete',
  dialog: {
    title: 'Delete',
    goesBack: (value: number) =>
      value === 1 ? '1 node goes back to the free pool.' : `${nodesText(value)} go back to the free pool.`,
    noNodes: 'It holds no nodes.',
    dead: (value: number) => (value === 1 ? '1 of them is dead.' : `${countText(value)} of them are dead.`),
    usedBy: (value: number) =>
      `${jobsText(value)} still ${value === 1 ? 'uses' : 'use'} it. Ray refuses to delete it while it is in use.`,
    jobs: 'Jobs that use it',
    leftovers: (value: number) =>
      value === 1
        ? '1 job cluster is left over from a job that has ended. Ray refuses to delete while it is there: release it first.'
        : `${countText(value)} job clusters are left over from jobs that have ended. Ray refuses to delete while they are there: release them first.`,
    leftoverList: 'Left over from jobs that have ended',
    unused: 'No job uses it, as far as Ray lists them.',
    usersUnknown: 'Who uses it is not known.',
    noFence: (id: string) =>
      `Ray compares no revision when it deletes: whatever ${id} is by the time this arrives is deleted, even if somebody has just changed it.`,
    moved: (sets: string) => `It has changed since you opened this. It now holds: ${sets}.`,
    gone: 'It is no longer in the list: somebody has deleted it.',
    typeBefore: 'Type',
    typeAfter: 'to confirm',
    confirm: 'Delete virtual cluster',
    keep: 'Cancel',
    whenReleased:
      'waits until nothing has used it for 5 minutes. What is left over counts as use until you release it.',
    sending: 'Sent to Ray; waiting for its answer.',
  },
  inUse: {
    title: 'Still in use',
    detail: 'Ray did not delete it: something still holds nodes of it.',
    next: 'When nothing holds it any more, delete it again.',
    onlyLeftovers: 'Only nodes of jobs that have ended hold it. Release them, then delete it again.',
    unlisted: 'Ray lists nothing that holds it now.',
    unlistedDetail:
      'A job that has just ended may hold it for some seconds more. Drivers and detached actors can hold it too, without being listed as jobs: stop those where they were started. Then delete it again.',
    unknownDetail: 'What holds it is not known:',
    releaseAll: (value: number) => `Release all ${countText(value)}`,
    releaseShown: (value: number) => `Release the ${countText(value)} shown here`,
  },
  gone: {
    title: 'Already gone',
    detail: 'Ray has no virtual cluster of this ID: somebody deleted it before. Nothing is left to do.',
  },
  unknown: {
    title: 'Not known yet',
    detail: 'The delete was sent, and nobody knows yet what came of it. It may or may not have happened.',
    consoleSilent: (why: string) => `The console's answer did not come: ${why}`,
    again: 'Check again',
  },
  lookedAgain: {
    notSeen: (at: string) => `Looked at ${at}: still not seen.`,
    notYet: 'Asked again: not known yet.',
    consoleSilent: 'Asked again: the console still does not answer.',
  },
  neverArrived: {
    title: 'It was not sent',
    detail: 'The delete did not reach the console, which refuses it from now on: nothing was or will be sent to Ray.',
    again: 'Send it now',
  },
  refused: (why: string) => ({ title: 'The console did not take it', detail: `Nothing was sent to Ray. ${why}` }),
  release: {
    start: 'Release',
    menu: 'Release…',
    ask: (nodeCount: string, parentId: string) => `Give ${nodeCount} back to ${parentId}?`,
    askUnknown: (parentId: string) => `Give its nodes back to ${parentId}?`,
    primary: 'the free pool',
    askAll: (parentId: string) => `Give their nodes back to ${parentId}?`,
    yes: 'Release it',
    yesAll: 'Release them',
    no: 'Keep',
    sending: 'Being released.',
    done: 'Released.',
    inUse: 'Not released: Ray says that it is still in use.',
    alreadyGone: 'It was released before.',
    unknown: 'Not known yet whether it was released.',
    checkAgain: 'Check again',
    neverArrived: 'Not released: it never reached the console, so nothing was sent to Ray.',
    refused: (why: string) => `Not released: the console did not take it. ${why}`,
    other: (title: string, detail: string) => `Not released. ${title}: ${detail}`,
  },
  stop: {
    start: 'Stop job',
    menu: 'Stop job…',
    ask: (submissionId: string) => `Stop ${submissionId}? Ray ends it wherever it is; what it has not saved is lost.`,
    askOwnCluster: (submissionId: string) =>
      `Stop ${submissionId}? Ray ends it wherever it is; what it has not saved is lost. Its nodes stay held until you release them.`,
    yes: 'Stop it',
    sending: 'Being stopped.',
    done: 'Stopped.',
    alreadyEnded: 'Not stopped: it had ended before.',
    notFound: 'Not stopped: Ray knows no such job any more.',
    unknown: 'Not known yet whether it was stopped.',
    neverArrived: 'Not stopped: it never reached the console, so nothing was sent to Ray.',
    refused: (why: string) => `Not stopped: the console did not take it. ${why}`,
    other: (title: string, detail: string) => `Not stopped. ${title}: ${detail}`,
  },
  deleted: {
    title: (id: string) => `${id} was deleted`,
  },
};
