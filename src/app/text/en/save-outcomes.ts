import { countText } from './count-text.ts';

const shortage = {
  title: { grow: 'Not enough nodes', shrink: "Can't give back that many" },
  grow: 'Nothing was changed. Ray has too few free nodes for it.',
  shrink: 'Nothing was changed. Ray keeps nodes that jobs hold or use.',
  heldBy: 'What holds them',
  heldByJobs: 'These jobs hold or use them. Stop a job, or release what it left behind, and save again.',
  heldByOthers: 'No job that Ray lists holds them: a driver or an actor may use them.',
  table: 'What Ray suggests',
  asked: 'Asked',
  canAdd: 'Can add',
  canGiveBack: 'Can give back',
  becomes: 'Becomes',
  asAsked: (value: number) => `${countText(value)} as asked`,
  apply: 'Apply suggestion',
  takeFrom: 'Take from…',
  saves: (sets: string) => `Saves ${sets}.`,
  nothingToAdd: 'Nothing can be added now.',
  nothingToGiveBack: 'Nothing can be given back now.',
  unmatched: (keys: string) =>
    `Ray's suggestion can't be applied: it names templates that can't be told apart (${keys}).`,
  notSaid: '–',
};

const conflict = {
  title: 'Changed by someone else',
  anotherTitle: 'Not what you began with',
  another: 'This is another Ray than when you began, or the console was started anew. Nothing of yours was saved.',
  changed: (ago: string, author: string | null) => `Changed ${ago}${author === null ? '' : ` ${author}`}.`,
  detail: 'Nothing of yours was saved. Where both of you changed a template, choose.',
  decided: "Nothing of yours was saved. The two changes don't touch each other.",
  created: (id: string) => `${id} was created by someone else meanwhile. Nothing of yours was saved.`,
  table: 'Both changes',
  opened: 'Opened',
  theirs: 'Theirs',
  yours: 'Yours',
  result: 'Result',
  mine: 'Mine',
  byWhom: (who: string) => `by ${who}`,
  byYou: 'by you, in another tab or by a script',
  by: {
    nobody: (value: number) => countText(value),
    mine: (value: number) => `${countText(value)}, yours`,
    theirs: (value: number) => `${countText(value)}, theirs`,
    both: (value: number) => `${countText(value)}, both`,
  },
  movedAgain: (moves: string) => `It moved again: ${moves}.`,
  showMoved: 'Show it',
  choose: 'Choose one.',
  save: 'Save merged',
  saves: (sets: string) => `Saves ${sets}.`,
  undecided: (value: number) => (value === 1 ? '1 to choose.' : `${countText(value)} to choose.`),
  theirsAlready: 'That is what it has now: nothing is left to send.',
  unreadTitle: 'Changed by someone else',
  unread: 'Nothing of yours was saved. What the cluster has now could not be read; as soon as it can, it shows here.',
  deletedTitle: 'Deleted meanwhile',
  deleted: (id: string) =>
    `Someone deleted ${id}. Nothing of yours was saved. Saving creates it again, with nodes from the free pool.`,
  otherKindTitle: 'It is another kind now',
  otherKind: (id: string, divisible: boolean) =>
    `Nothing of yours was saved. ${id} is ${divisible ? 'divisible' : 'indivisible'}, and Ray never changes that.`,
  editAnew: 'Discard this, and edit it anew',
};

const notKnown = {
  title: 'Not known yet',
  sent: (cause: string) => `It was sent to Ray. ${cause}`,
  waiting: 'It was sent to the console. Ray has not answered yet.',
  console: 'It was sent, but the console did not answer. It may or may not have happened.',
  looks: 'The console looks by itself; nothing is sent again.',
  pageLooks: 'This page looks by itself; nothing is sent again.',
  lookedAt: (ago: string) => `Last looked ${ago}.`,
  fence:
    'Press “Go on editing” to change it. If you save again, Ray takes only one of the two, since both start from the same revision.',
  noFence:
    'Press “Go on editing” to change it. If you create it again, Ray may still do the first one later, and the second would be a conflict.',
  check: 'Check again',
  goOn: 'Go on editing',
};

const neverArrived = {
  title: 'Not sent',
  detail: 'This change did not reach the console, which refuses it from now on: nothing was or will be sent to Ray.',
  unknownTitle: 'Not known',
  unknown:
    'The console was started anew since this was sent, and has no record of it. It may or may not have happened: look at what the cluster has now.',
  again: 'Send again',
};

const saved = {
  saved: (id: string) => `${id} is saved`,
  created: (id: string) => `${id} is created`,
  sets: (sets: string) => `It has ${sets}.`,
  noSets: 'It has no nodes.',
  looked: "Ray's answer did not say so, but Ray shows what was asked for.",
  retries: (value: number) =>
    value === 1
      ? 'The revision had moved without any change to the nodes (a job started), so it was sent again.'
      : `The revision had moved ${countText(value)} times without any change to the nodes (jobs started), so it was sent again.`,
  dismiss: 'Dismiss',
};

const consoleRefused = { title: 'Not sent', detail: (message: string) => `Nothing was sent to Ray. ${message}` };

/** What became of a save, below the form that sent it. */
export const saveOutcomes = { shortage, conflict, notKnown, consoleRefused, neverArrived, saved };
