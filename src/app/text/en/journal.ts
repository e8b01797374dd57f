import { countText } from './count-text.ts';
import * as titles from './titles.ts';
import type { JournalOutcome } from '../../../contract/journal.ts';
import type { AuthMethod } from '../../../contract/auth-method.ts';
import type { Undo } from '../../../domain/undo.ts';

const viaWords: Record<AuthMethod, string> = {
  local: '',
  link: ', signed in by a link',
  token: ', a script by its token',
  proxy: ', signed in by the proxy',
};

const megabytesText = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const outcomes: Record<JournalOutcome, string> = {
  open: 'Not settled',
  applied: 'Done',
  conflict: 'Changed by someone else',
  shortage: 'Not enough nodes',
  mismatch: "Divisible can't change",
  'in-use': 'Still in use',
  'not-found': 'Not there',
  'already-ended': 'Had ended already',
  cancelled: 'Cancelled',
  invalid: 'Refused by Ray',
  blocked: 'Refused as a browser',
  unreachable: 'Not sent',
  'not-applied': 'Did not happen',
  'cannot-be-known': "Can't be known",
};

export const journal = {
  title: titles.journal,
  table: 'Changes, newest first',
  head: { when: 'When', who: 'Who', cluster: 'Virtual cluster', what: 'What', outcome: 'Outcome' },
  what: {
    created: (sets: string) => `Created: ${sets}`,
    resized: (templateId: string, from: number, to: number) => `${templateId} ${countText(from)} → ${countText(to)}`,
    same: 'Saved without a change',
    deleted: (sets: string | null) => (sets === null ? 'Deleted' : `Deleted: ${sets}`),
    released: (submissionId: string) => `Released the nodes of ${submissionId}`,
    stopped: (submissionId: string) => `Stopped job ${submissionId}`,
    deletedWhenIdle: (sets: string) => `Deleted when idle: ${sets}`,
    cut: (bytes: number) => `Too large to show: ${megabytesText(bytes)}`,
    asked: {
      created: (sets: string) => `Create: ${sets}`,
      same: 'Save without a change',
      deleted: (sets: string | null) => (sets === null ? 'Delete' : `Delete: ${sets}`),
      released: (submissionId: string) => `Release the nodes of ${submissionId}`,
      stopped: (submissionId: string) => `Stop job ${submissionId}`,
      deletedWhenIdle: (sets: string) => `Delete when idle: ${sets}`,
    },
  },
  filter: {
    group: 'Filter the journal',
    label: 'Virtual cluster',
    all: 'All virtual clusters',
    who: 'Person',
    everybody: 'Everybody',
    outcome: 'Outcome',
    anyOutcome: 'Any outcome',
    outcomes,
    from: 'From day',
    to: 'To day',
    clear: 'Show all changes',
  },
  total: (value: number) => (value === 1 ? '1 change' : `${countText(value)} changes`),
  export: 'Export as JSON lines',
  print: 'Print',
  printed: (value: number) =>
    `Only the newest ${countText(value)} are printed here. “Print” on the journal's screen prints up to 5,000; the export has all.`,
  loadingToPrint: 'Loading all of them to print',
  empty: 'Nothing yet.',
  noMatch: 'Nothing remembered matches.',
  older: 'Show older rows',
  loading: 'Loading',
  failed: (why: string) => `The journal can't be read: ${why}`,
  again: 'Try again',
  open: (what: string, clusterId: string) => `Details: ${what}, ${clusterId}`,
  unsettled: 'Not settled',
  checkAgain: 'Check again',
  checking: 'Looking',
  checkFailed: (why: string) => `The console did not say: ${why}`,
  forgotten: 'The console does not remember this change any more.',
  undo: {
    start: {
      result: { restore: 'Undo', delete: 'Undo', 'create-again': 'Undo: create again…' },
      journal: { restore: 'Revert…', delete: 'Undo…', 'create-again': 'Create again…' },
    } satisfies Record<string, Record<Undo['kind'], string>>,
    goneAlready: (clusterId: string) => `${clusterId} does not exist now.`,
    existsAgain: (clusterId: string) => `${clusterId} exists again: it was created since.`,
    openExisting: 'Open it',
    otherKind: (clusterId: string) =>
      `${clusterId} was deleted and created as the other kind since. Ray never changes whether one is divisible.`,
    thereAlready: (clusterId: string) => `${clusterId} has these replica sets now.`,
    gone: (clusterId: string) => `${clusterId} is gone. Saving creates it again, with nodes from the free pool.`,
    draftOf: (clusterId: string) => `There are unsaved changes of ${clusterId}.`,
    draftOfNew: 'There is an unsaved new virtual cluster.',
    openNew: 'Open the form',
    replace: 'Replace what is unsaved',
    openKept: 'Open what is unsaved',
    cancel: 'Cancel',
  },
  detail: {
    sets: 'Before and after',
    template: 'Template',
    before: 'Before',
    asked: 'Asked for',
    found: 'It was found with',
    cut: (bytes: number) =>
      `This change has ${megabytesText(bytes)} of replica sets, too many to show here. The export has it whole.`,
    nodes: 'Nodes added and removed',
    nodesUnknown: 'Which nodes were added and removed is not known.',
    id: 'Change ID',
    requester: 'Asked by',
    from: (who: string, address: string, via: AuthMethod) =>
      `${who}${viaWords[via]}${address === '' ? '' : `, from ${address}`}`,
    by: { page: 'On this page', script: 'By a script, through the published API' },
    how: 'How',
    attempts: 'Sent to Ray',
    times: (value: number) => (value === 0 ? 'Never' : value === 1 ? 'Once' : `${countText(value)} times`),
    askedAt: 'Asked at',
    settledAt: 'Settled at',
    revision: 'New revision',
  },
};
