import { countText, jobsText, nodesText } from './count-text.ts';
import { saveOutcomes } from './save-outcomes.ts';
import * as titles from './titles.ts';
import type { ClusterIdProblem } from '../../../domain/cluster-id.ts';

const idProblems: Record<ClusterIdProblem, string> = {
  empty: 'Type an ID.',
  'job-separator': "An ID can't have ## in it: Ray could never remove it, and its state API would fail for everybody.",
  primary: "kPrimaryClusterID is Ray's own name for the free pool.",
  'too-long': 'An ID has at most 128 characters.',
  'control-character': "An ID can't have control characters in it.",
  'outer-space': "An ID can't begin or end with a space.",
  'path-dots': "An ID can't be . or ..: no request could reach it to remove it.",
  braces: "An ID can't have { or } in it: Ray could never remove it.",
};

const form = {
  id: 'Virtual cluster ID',
  idProblems,
  idExists: (id: string) => `${id} is there already. Saving would be a conflict with it.`,
  editExisting: (id: string) => `Edit ${id}`,
  divisible: 'Divisible',
  indivisible: 'Indivisible',
  forGood: 'For good:',
  divisibleLocked: "Ray can't change this once the cluster exists.",
  divisibleOn: 'Each job gets its own nodes inside it.',
  divisibleOff: 'Jobs share its nodes.',
  replicaSets: 'Replica sets',
  template: 'Template',
  now: 'Now',
  want: 'Want',
  free: 'Free',
  willDo: 'Effect',
  less: (templateId: string) => `One less ${templateId}`,
  more: (templateId: string) => `One more ${templateId}`,
  removeRow: (templateId: string) => `Leave ${templateId} out`,
  noTemplates: 'No template is known. Add one by its name.',
  nothingHeld: 'It holds no nodes. Add a template.',
  create: 'Create',
  noNodes: 'It will hold no nodes.',
  save: 'Save changes',
  sending: 'Saving…',
  looking: 'Looking…',
  discard: 'Discard',
  addToPlan: 'Add to plan',
};

const countProblems = {
  empty: (held: number) =>
    held === 0 ? 'Type a number. 0 asks for none.' : `Type a number. 0 gives all ${countText(held)} back.`,
  'not-whole': 'Type a whole number, 0 or more, in digits.',
  'too-large': 'Ray takes at most 2147483647.',
};

/** A few names; of more, how many others there are. */
function listedNames(names: readonly string[]): string {
  const [first = '', second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${countText(more.length)} more`;
}

const willDo = {
  takes: (value: number) =>
    value === 1 ? '1 comes from the free pool' : `${countText(value)} come from the free pool`,
  takesAtMost: (value: number, free: number) =>
    `${value === 1 ? '1 comes' : `${countText(value)} come`} from the free pool, where at most ${countText(free)} are`,
  takesUnknown: (value: number) => `${countText(value)} more. How many are free is not known`,
  short: (value: number, atLeast: boolean) => `${atLeast ? 'at least ' : ''}${countText(value)} short`,
  idle: (clusterId: string, value: number) => `${clusterId} has ${countText(value)} idle`,
  goesBack: (value: number) =>
    value === 1 ? '1 goes back to the free pool' : `${countText(value)} go back to the free pool`,
  goesBackDoubtful: (value: number) =>
    value === 1 ? '1 goes back, unless a job holds it' : `${countText(value)} go back, unless a job holds some`,
  kept: (of: {
    readonly can: number;
    readonly atMost: boolean;
    readonly kept: number;
    readonly jobs: number | null;
    readonly isDivided: boolean;
  }) => {
    const can =
      of.can === 0 ? 'none can go back' : `${of.atMost ? 'at most' : 'only'} ${countText(of.can)} can go back`;
    const others = of.kept === 1 ? '1 is' : `${countText(of.kept)} are`;
    return of.jobs !== null && of.isDivided
      ? `${can}: ${others} held by ${jobsText(of.jobs)}`
      : `${can}: ${others} in use`;
  },
  waitedFor: (of: {
    readonly templateId: string;
    readonly clusterIds: readonly string[];
    readonly dead: number;
    readonly first: number;
  }) => {
    const wait = of.clusterIds.length === 1 ? 'waits' : 'wait';
    const what = `${of.dead === 1 ? 'a' : countText(of.dead)} ${of.templateId}`;
    const which = of.first === 1 ? 'one' : countText(of.first);
    const who = of.clusterIds.length === 1 ? (of.clusterIds[0] ?? '') : 'them';
    return `${listedNames(of.clusterIds)} ${wait} for ${what}: Ray will give ${which} to ${who} first`;
  },
  keepsTheirs: (value: number) => `keeps their ${countText(value)}`,
  undecided: (mine: number, theirs: number) =>
    `your ${countText(mine)} or their ${countText(theirs)}: yet to be decided`,
  jobsAtRisk: (value: number) => (value === 1 ? '1 job may lose a node' : `${countText(value)} jobs may lose a node`),
  jobsUnknown: 'whether a job uses them is not known',
  head: 'the head node is of this template: Ray may take it',
  noNode: 'no node has this template',
  dead: (value: number) =>
    value === 1 ? '1 of its nodes is dead, and counts' : `${countText(value)} of its nodes are dead, and count`,
};

const add = {
  open: 'Add template',
  label: 'Template',
  known: 'Known templates',
  add: 'Add',
  cancel: 'Cancel',
  empty: "Type a template's name, or pick one.",
  duplicate: (templateId: string) => `${templateId} is in the form already.`,
  inForm: 'in the form already',
  headOption: "the head node's own: Ray may take the head node",
  unknown: 'No node has this template, so Ray has none to give. Press Add to add it all the same.',
  unknownOption: 'no node has this template',
};

const since = {
  unchanged: (at: string) => `Opened ${at}. Unchanged since.`,
  unknown: (at: string, since: string, why: string) => `Opened ${at}. Not known since ${since}: ${why}`,
  notReadYet: (at: string) =>
    `Opened ${at}. What happened since is not known yet: the console was started anew, and reads Ray's list.`,
  consoleLost: 'the console does not answer this page.',
  revisionOnly: (at: string) => `Opened ${at}. Only the revision moved since.`,
  changed: (at: string, moves: string) => `Opened ${at}. Since then ${moves}.`,
  move: (templateId: string, from: number, to: number) => `${templateId} ${countText(from)} → ${countText(to)}`,
  gone: (at: string) => `Opened ${at}. Deleted since: saving creates it again.`,
  anotherRay: (at: string, sets: string) =>
    `This is another Ray than when you began at ${at}, or the console was started anew. It has ${sets === '' ? 'no nodes' : sets} now.`,
  anotherRayWithout: (at: string) =>
    `This is another Ray than when you began at ${at}, or the console was started anew. It is not there now: saving creates it.`,
  otherKind: (at: string, divisible: boolean) =>
    `Opened ${at}. Since then deleted and created again, as ${divisible ? 'divisible' : 'indivisible'}.`,
  startFromNow: 'Start from what it has now',
  reverted: 'Filled with the earlier replica sets from the journal. Nothing is saved yet.',
  suggested: 'Filled without the nodes that were never needed. Nothing is saved yet.',
  restored: 'What you typed here before is back.',
  kept: 'Not saved yet. Closing keeps it in this tab.',
};

const gate = {
  looking: 'Looking which jobs run in it, before anything is sent.',
  sending: 'It is being sent.',
  unsettled: 'It was sent. What came of it is not known yet.',
  'decide-above': 'Decide above first.',
  'no-change': 'No changes yet.',
  'there-already': 'It has these nodes already. Saving would only move its revision.',
  'another-ray': 'Start from what it has now first. What you typed is kept.',
  'other-kind':
    "It can't be saved as it is: Ray never changes whether a cluster is divisible. Discard this, and edit it anew.",
  listUnreadable: "Nothing can be changed now: this Ray's list of virtual clusters can't be read.",
};

const missing = {
  title: (id: string) => `There is no virtual cluster ${id}`,
  detail: 'It may have been deleted.',
  list: 'Go to the virtual clusters',
};

const ask = {
  empty: {
    title: 'Create it without nodes?',
    detail: 'No job can run in it until it has some.',
    yes: 'Create it empty',
  },
  head: {
    title: 'It may take the head node',
    detail:
      "Some of these nodes are of the head node's template. Ray may take the head node itself, on which Ray and this console's view of it depend.",
    yes: 'Take it all the same',
  },
  recreate: {
    title: 'Create it again?',
    detail: (id: string) =>
      `${id} was deleted since you opened it. Saving creates it again, with nodes from the free pool.`,
    yes: 'Create it again',
  },
  jobs: {
    title: 'Running jobs may lose a node',
    detail: (value: number) =>
      `${jobsText(value)} ${value === 1 ? 'runs' : 'run'} in it. Ray may take the node that a job's supervisor runs on; then the job dies.`,
    inCluster: (submissionId: string, jobClusterId: string) => `${submissionId} in ${jobClusterId}`,
    list: 'Jobs',
    notLooked:
      "Which jobs run in it could not be looked up just now. Ray may take the node that a job's supervisor runs on; then the job dies.",
    unknownDetail:
      "Whether jobs run in it is not known now. Ray may take the node that a job's supervisor runs on; then the job dies.",
    yes: 'Save anyway',
  },
  discard: {
    title: 'Discard what you typed?',
    detail: 'Nothing is sent to Ray. What you typed here is forgotten.',
    yes: 'Discard it',
  },
  back: 'Keep editing',
};

export const editor = {
  titleNew: titles.create,
  titleEdit: titles.edit,
  close: 'Close',
  closeKeeps: 'Close, and keep what is typed',
  setsOf: (templateId: string, value: number) => `${templateId} ${countText(value)}`,
  nodes: nodesText,
  form,
  countProblems,
  willDo,
  add,
  since,
  gate,
  missing,
  ask,
  ...saveOutcomes,
};
