const count = (value: number) => value.toLocaleString('en');
const nodes = (value: number) => (value === 1 ? '1 node' : `${count(value)} nodes`);
const jobs = (value: number) => (value === 1 ? '1 job' : `${count(value)} jobs`);

export const remove = {
  open: 'Delete',
  dialog: {
    title: (id: string) => `Delete ${id}`,
    goesBack: (value: number) => (value === 1 ? '1 node goes back to the free pool.' : `${nodes(value)} go back to the free pool.`),
    noNodes: 'It holds no nodes.',
    dead: (value: number) => (value === 1 ? '1 of them is dead.' : `${count(value)} of them are dead.`),
    usedBy: (value: number, names: string) => `${jobs(value)} still ${value === 1 ? 'uses' : 'use'} it: ${names}. Ray refuses to delete it while it is in use.`,
    leftovers: (value: number) =>
      value === 1
        ? '1 job cluster is left over from a job that has ended. Ray refuses to delete while it is there; release it first.'
        : `${count(value)} job clusters are left over from jobs that have ended. Ray refuses to delete while they are there; release them first.`,
    unused: 'No job uses it, as far as Ray lists them.',
    usersUnknown: 'Who uses it is not known.',
    noFence: (id: string) => `Ray has no fence for deletes: whatever ${id} is by the time this arrives is deleted, even if somebody has just changed it.`,
    moved: (sets: string) => `It has changed since you opened this. It now holds: ${sets}.`,
    gone: 'It is no longer in the list: somebody has deleted it.',
    type: (id: string) => `Type ${id} to confirm`,
    confirm: 'Delete virtual cluster',
    keep: 'Keep it',
    sending: 'Sent to Ray; waiting for its answer.',
    readOnly: (why: string) => `You can't delete it: ${why}`,
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
    releaseAll: (value: number) => `Release all ${count(value)}`,
  },
  gone: { title: 'Already gone', detail: 'Ray has no virtual cluster of this id: somebody deleted it before. Nothing is left to do.' },
  unknown: {
    title: 'Not known yet',
    detail: 'The delete was sent, and nobody knows yet what came of it. It may or may not have happened.',
    consoleSilent: (why: string) => `The console's answer did not come: ${why}`,
    again: 'Check again',
  },
  neverArrived: {
    title: 'It was not sent',
    detail: 'The delete never reached the console, so nothing was sent to Ray.',
    again: 'Send it now',
  },
  refused: (why: string) => ({ title: 'The console did not take it', detail: `Nothing was sent to Ray. ${why}` }),
  release: {
    start: 'Release',
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
  deleted: {
    title: (id: string) => `${id} was deleted`,
    dismiss: 'Dismiss',
  },
};
