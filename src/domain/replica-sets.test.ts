import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareTemplates,
  countByTemplate,
  countOf,
  replicaSetsOf,
  sameReplicaSets,
  templatesOf,
  totalReplicas,
} from './replica-sets.ts';

const template = fc.constantFrom('4c8g', '8c16g', '16c32g', 'my_node_type', 'constructor', '__proto__', 'toString');
const sets = fc
  .uniqueArray(fc.tuple(template, fc.nat(4)), { selector: ([templateId]) => templateId })
  .map(replicaSetsOf);

test('a template that is not named counts as 0, whatever it is called (fact 8)', () => {
  expect(['4c8g', 'constructor', '__proto__', 'toString'].map((templateId) => countOf({}, templateId))).toEqual([
    0, 0, 0, 0,
  ]);
  expect(countOf(replicaSetsOf([['__proto__', 3]]), '__proto__')).toBe(3);
});

test('zeros and templates left out make no difference', () => {
  expect(sameReplicaSets({ a: 1, b: 0 }, { a: 1 })).toBe(true);
  expect(sameReplicaSets({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const same = templatesOf(a, b).every((templateId) => countOf(a, templateId) === countOf(b, templateId));
      expect(sameReplicaSets(a, b)).toBe(same);
      expect(sameReplicaSets(b, a)).toBe(same);
    }),
  );
});

test('nodes are counted by template, all of them', () => {
  fc.assert(
    fc.property(fc.array(template), (nodes) => {
      const counts = countByTemplate(nodes.map((templateId) => ({ templateId })));
      expect(totalReplicas(counts)).toBe(nodes.length);
      for (const templateId of nodes)
        expect(countOf(counts, templateId)).toBe(nodes.filter((each) => each === templateId).length);
    }),
  );
});

test('templates stand in the order in which people read them, and in one order only', () => {
  expect(templatesOf({ '16c32g': 1, '4c8g': 1 }, { '8c16g': 1, '4c8g': 2 })).toEqual(['4c8g', '8c16g', '16c32g']);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(Math.sign(compareTemplates(a, b))).toBe(-Math.sign(compareTemplates(b, a)) + 0);
      expect(compareTemplates(a, b) === 0).toBe(a === b);
    }),
  );
});
