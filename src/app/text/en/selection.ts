import { countText, plural } from './count-text.ts';

const clusters = (count: number) => plural(count, 'virtual cluster', 'virtual clusters');

export const selection = {
  bar: 'Selected virtual clusters',
  selected: (count: number, hidden: number) =>
    `${countText(count)} selected${hidden === 0 ? '' : `, ${countText(hidden)} not shown`}`,
  resize: 'Resize…',
  move: 'Move nodes…',
  remove: 'Delete…',
  export: 'Export…',
  clear: 'Clear selection',
  mayNot: 'You may change none of these.',
  leftOut: (ids: readonly string[]) => `Left out, as you may not change them: ${ids.join(', ')}`,
  review: 'Review plan',
  resizing: {
    title: (count: number) => `Resize ${clusters(count)}`,
    name: (template: string, count: number) => `Resize ${template} of ${clusters(count)}`,
    template: 'Template',
    how: 'How',
    ways: { set: 'Set to', add: 'Add', take: 'Take away' },
    count: 'Nodes',
    table: 'What the plan makes of them',
    now: 'Now',
    becomes: 'Then',
    nothing: 'All of them have that already.',
  },
  moving: { title: 'Move nodes' },
  deleting: {
    title: (count: number) => `Delete ${clusters(count)}`,
    name: (count: number) => `Delete ${clusters(count)}`,
    detail: 'A plan with a step for each. Nothing is deleted before you run it.',
    nodes: (count: number) => plural(count, 'node', 'nodes'),
  },
};
