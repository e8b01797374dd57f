import { countText, plural } from './count-text.ts';
import { fleetFaults } from './fleet-faults.ts';

export const fleetFile = {
  intro:
    'The fleet as a YAML file: write it out, keep it under version control, and see here how the fleet differs from it. What differs becomes a plan; nothing is sent before that runs.',
  loading: 'Loading',
  unreadable: "Ray's list of virtual clusters can't be read now, so the fleet can't be told.",
  out: {
    title: 'Write a file',
    which: 'Virtual clusters',
    all: (count: number) => `All (${countText(count)})`,
    only: (count: number) => `Selected (${countText(count)})`,
    download: 'Download',
    name: 'fleet.yaml',
    gone: (ids: readonly string[]) => `Selected, but not there any more: ${ids.join(', ')}.`,
    noneLeft: (ids: readonly string[]) =>
      `Selected, but not there any more: ${ids.join(', ')}. All virtual clusters are written instead.`,
    leftOut: (ids: readonly string[]) => `Left out, as no file can hold these ids: ${ids.join(', ')}`,
  },
  into: {
    title: 'Open a file',
    choose: 'Choose a file…',
    drop: 'or drop it here, or paste its text below.',
    text: 'Text of the fleet file',
    clear: 'Clear',
    pasted: 'pasted text',
    tooLarge: (name: string) => `${name} is too large and was not read: 4 MB are the most.`,
    failed: (name: string) => `${name} could not be read.`,
  },
  fault: fleetFaults.describe,
  problems: (count: number) => `${plural(count, 'problem', 'problems')} in this file; nothing of it can be applied`,
  goTo: (line: number, column: number) => `Line ${String(line)}, column ${String(column)}`,
  drift: {
    nothingOpen: 'Open a file to see it here, and to make a plan of it.',
    title: 'How the fleet differs',
    none: 'The fleet is as the file says.',
    count: (count: number) => `${plural(count, 'virtual cluster differs', 'virtual clusters differ')} from the file.`,
    kept: (count: number) =>
      `${plural(count, 'virtual cluster is', 'virtual clusters are')} not in the file and ${count === 1 ? 'stays' : 'stay'} as ${count === 1 ? 'it is' : 'they are'}.`,
    prune: 'Delete what the file does not name',
    create: (sets: string) => `Is not there: create with ${sets}`,
    remove: (sets: string) => `Is not in the file: delete, gives back ${sets}`,
    resize: (moves: string) => `Resize: ${moves}`,
    move: (template: string, has: number, wants: number) => `${template} ${countText(has)} → ${countText(wants)}`,
    divisible: (wants: boolean) =>
      `The file wants it ${wants ? 'divisible' : 'indivisible'}. Ray can't change that: delete it and create it again. Its replica sets are left as they are.`,
    profile: (field: string, has: string, wants: string) => `${field}: “${has}” → “${wants}”`,
    noNodes: 'no nodes',
  },
  plan: 'Review plan',
  planName: (file: string) => `Apply ${file}`,
  steps: (count: number) => plural(count, 'change', 'changes'),
  update: 'Download the file, updated',
  updateHint: 'The same file with what the fleet has; comments and order stay.',
  notUpdatable: "This file is written in a way that can't be updated. Download a new one.",
  owners: {
    set: (count: number) => `Set owners of ${plural(count, 'virtual cluster', 'virtual clusters')}`,
    hint: 'Owners go to no Ray: they are set at once, and are no part of the plan.',
    later: (count: number) =>
      `${plural(count, 'owner', 'owners')} of virtual clusters that do not exist yet can be set once the plan has run: open the file again.`,
    done: (count: number) => `Set for ${plural(count, 'virtual cluster', 'virtual clusters')}.`,
    failed: (id: string, why: string) => `${id}: ${why}`,
  },
};
