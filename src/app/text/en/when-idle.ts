import { countText } from './count-text.ts';

/** Deleting a virtual cluster once it is idle. */
export const whenIdle = {
  start: 'Delete when idle',
  means: 'Deletes it as soon as nothing has used it for 5 minutes, unless it is changed before.',
  does: 'waits until no job, and nothing else that Ray shows, has used it for 5 minutes, and deletes it then. Any change of it, and anybody here, cancels that.',
  title: 'Will be deleted when idle',
  row: 'Will be deleted when idle',
  idle: (minutes: number) => (minutes < 1 ? 'idle for less than a minute' : `idle for ${countText(minutes)} min`),
  idleDetail: 'It is deleted once it has been idle for 5 minutes. A job that starts, or any change of it, comes first.',
  jobs: (value: number) => (value === 1 ? '1 job runs' : `${countText(value)} jobs run`),
  leftovers: (value: number) =>
    value === 1
      ? "1 finished job's cluster still holds nodes"
      : `${countText(value)} finished jobs' clusters still hold nodes`,
  leftoversDetail: 'Those count as use until they are released.',
  used: (value: number) => (value === 1 ? '1 node is used' : `${countText(value)} nodes are used`),
  usedDetail: 'Something uses them that Ray lists as no job.',
  unknown: 'not known whether it is idle',
  looking: 'being looked at',
  asked: (who: string, ago: string) => `${who} asked for it ${ago}.`,
  refused: (at: string) => `At ${at} Ray still said that it is in use, by something that it does not list.`,
  cancel: 'Cancel',
  cancelFor: (id: string) => `Cancel deleting ${id} when idle`,
  cancelFailed: (why: string) => `Not cancelled: ${why}`,
  notTaken: (why: string) => `It does not wait: ${why}`,
  neverArrived: 'It never reached the console, so nothing waits.',
  unanswered: 'The console did not answer, so it is not known whether it waits.',
  again: 'Send it now',
  check: 'Check again',
};
