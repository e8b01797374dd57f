import { countText, plural } from './count-text.ts';

const cells = (count: number) => plural(count, 'cell', 'cells');

export const matrixEdit = {
  bar: 'Changes that are not planned yet',
  hint: 'Type a count to plan a change. Nothing is sent before the plan runs.',
  onlyHeld: 'Counts can be typed under “Held” only.',
  onlyWide: 'Counts can be typed on a wider screen only.',
  changes: (changed: number, clusters: number, hidden: number) =>
    `${plural(changed, 'change', 'changes')} in ${plural(clusters, 'virtual cluster', 'virtual clusters')}${hidden === 0 ? '' : `, ${countText(hidden)} not shown`}`,
  lacks: (short: readonly (readonly [templateId: string, count: number])[]) =>
    `Lacks ${short.map(([templateId, count]) => `${countText(count)} ${templateId}`).join(', ')}`,
  moved: (count: number) => `${cells(count)} changed by someone else meanwhile`,
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  review: 'Review plan',
  settleFirst: 'First choose what holds where someone else changed a cell.',
  discard: 'Discard',
  undo: 'Undo',
  planName: (clusters: number) => `Change ${countText(clusters)} virtual clusters`,
  free: (left: number) => `→ ${countText(left)} free`,
  freeUnknown: '→ ? free',
  short: (count: number) => `lacks ${countText(count)}`,
  staged: (id: string, templateId: string, held: number, count: number) =>
    `${id}: ${countText(count)} ${templateId} typed, ${countText(held)} held`,
  stagedMoved: (id: string, templateId: string, base: number, held: number, count: number) =>
    `${id}: ${countText(count)} ${templateId} typed over ${countText(base)}, and someone has made it ${countText(held)} since`,
  stagedShort: (count: number, templateId: string) => `${countText(count)} ${templateId} are lacking`,
  total: (now: number) => `${countText(now)} now`,
  field: (id: string, templateId: string) => `Nodes of ${templateId} in ${id}`,
  denied: (id: string, why: string) => `${id} can't be changed: ${why}`,
  problem: {
    empty: 'Type a count.',
    'not-whole': 'A count is a whole number, such as 3.',
    'too-large': 'Ray takes at most 2,147,483,647.',
  },
  note: {
    staged: (id: string, templateId: string, count: number) => `${id}: ${countText(count)} ${templateId}`,
    changed: (done: number, skipped: number) =>
      `${cells(done)} filled${skipped === 0 ? '' : `, ${countText(skipped)} left out: no count, not in the table, or not yours to change`}`,
    'taken-back': (count: number) => `${cells(count)} taken back`,
    copied: (count: number) => `${cells(count)} copied`,
    undone: 'Undone',
    redone: 'Done again',
    'nothing-to-undo': 'Nothing to undo',
    'no-count-here': 'Choose a cell with a count.',
    'other-names': 'Nothing was pasted: the copied names are not those that stand here.',
    'too-large-paste': 'Nothing was pasted: that is more than this table holds.',
  },
};
