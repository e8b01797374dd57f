import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MapSection, MapUpdate } from '../../../../../contract/map.ts';
import { applyMap, codeOf, countByCode, emptyMap, nodeCountIn, stateOfCode, type MapModel } from './map-model.ts';
import { SHOWN_STATES } from '../../../../routing/map-query.ts';

const part = { clusterId: 'a', jobClusterId: null, templateId: '4c8g' };
const letter = fc.constantFrom('i', 'b', 'a', 'd', 'n', 'u', '.');

function update(over: Partial<MapUpdate>): MapUpdate {
  return { version: 'e-1', whole: false, sections: [], removed: [], ...over };
}

/** Every section's cells as letters. */
function shown(model: MapModel): Record<string, string> {
  const letters = ['.', 'b', 'r', 'i', 'f', 'a', 'n', 'd', 'u'];
  return Object.fromEntries(
    [...model.sections.values()].map((section) => [
      section.key,
      Array.from(section.cells.subarray(0, section.slots), (code) => letters[code] ?? '?').join(''),
    ]),
  );
}

test('what is idle in the free pool is free; in a virtual cluster, or in a job cluster of the pool, it is idle', () => {
  const model = emptyMap();
  const cells = { templateId: '4c8g', cells: 'ib', slots: 2, changed: [] };
  const sections = [
    { key: 'cluster', ...part, ...cells },
    { key: 'job', clusterId: null, jobClusterId: 'j', ...cells },
    { key: 'pool', clusterId: null, jobClusterId: null, ...cells },
  ];
  applyMap(model, update({ whole: true, sections }));
  expect(shown(model)).toEqual({ cluster: 'ib', job: 'ib', pool: 'fb' });
});

test('a code stands for each state, and 0 for no node', () => {
  expect(SHOWN_STATES.map((state) => stateOfCode(codeOf(state)))).toEqual(SHOWN_STATES);
  expect(stateOfCode(0)).toBeNull();
});

describe('an update', () => {
  test('changes only the cells that it names', () => {
    const model = emptyMap();
    applyMap(model, update({ whole: true, sections: [{ key: 's', ...part, cells: 'iib.', slots: 4, changed: [] }] }));
    const move = applyMap(
      model,
      update({
        version: 'e-2',
        sections: [
          {
            key: 's',
            ...part,
            cells: null,
            slots: 4,
            changed: [
              [1, 'd'],
              [2, 'b'],
            ],
          },
        ],
      }),
    );
    expect(shown(model)).toEqual({ s: 'idb.' });
    expect(move).toEqual({
      whole: false,
      shape: false,
      cells: [
        { section: 's', slot: 1 },
        { section: 's', slot: 2 },
      ],
      renewed: [],
      moves: [],
    });
    expect(model.version).toBe('e-2');
  });

  test('tells the load of a node, and 0 is a load that is not known', () => {
    const model = emptyMap();
    const section = { key: 's', ...part, cells: 'ibbb', loads: '08-x', slots: 4, changed: [] };
    applyMap(model, update({ whole: true, sections: [section] }));
    const loads = () => [...(model.sections.get('s')?.loads.subarray(0, 4) ?? [])];
    expect(loads()).toEqual([1, 9, 0, 0]);
    const changed: [number, string][] = [
      [0, 'b4'],
      [1, 'b'],
    ];
    applyMap(model, update({ version: 'e-2', sections: [{ key: 's', ...part, cells: null, slots: 4, changed }] }));
    expect(loads()).toEqual([5, 0, 0, 0]);
  });

  test('an unknown letter is a node of unknown state', () => {
    const model = emptyMap();
    applyMap(model, update({ whole: true, sections: [{ key: 's', ...part, cells: 'Zé', slots: 2, changed: [] }] }));
    expect(shown(model)).toEqual({ s: 'uu' });
  });

  test('only what the back end says has moved has; a whole map is another picture, in which nothing moves', () => {
    const model = emptyMap();
    const moved = [{ from: { section: 's', slot: 0 }, to: { section: 't', slot: 0 } }];
    const sections = [
      { key: 's', ...part, cells: '.', slots: 1, changed: [] },
      { key: 't', ...part, cells: 'i', slots: 1, changed: [] },
    ];
    expect(applyMap(model, update({ whole: true, sections, moved })).moves).toEqual([]);
    expect(applyMap(model, update({ sections, moved })).moves).toEqual(moved);
    // One left and another one came: no node moved.
    expect(applyMap(model, update({ sections, moved: [] })).moves).toEqual([]);
  });

  test('a removed section is gone', () => {
    const model = emptyMap();
    applyMap(model, update({ whole: true, sections: [{ key: 's', ...part, cells: 'i', slots: 1, changed: [] }] }));
    expect(applyMap(model, update({ removed: ['s'] })).shape).toBe(true);
    expect(model.sections.size).toBe(0);
  });

  test('applying incremental updates gives the same as a whole one, counts included', () => {
    const cells = fc.array(letter, { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom('r', 's', 't'), cells, { minKeys: 0 }), { minLength: 1, maxLength: 6 }),
        (pictures) => {
          const model = emptyMap();
          let before: Record<string, string[]> = {};
          for (const [index, picture] of pictures.entries()) {
            const sections = Object.entries(picture).map(([key, now]): MapSection => {
              const was = index === 0 ? undefined : before[key];
              if (was === undefined) return { key, ...part, cells: now.join(''), slots: now.length, changed: [] };
              const changed = now.flatMap((code, slot): [number, string][] =>
                was[slot] === code ? [] : [[slot, code]],
              );
              return { key, ...part, cells: null, slots: now.length, changed };
            });
            applyMap(
              model,
              update({
                whole: index === 0,
                sections,
                removed: Object.keys(before).filter((key) => picture[key] === undefined),
              }),
            );
            before = picture;
          }
          const last = Object.fromEntries(Object.entries(before).map(([key, now]) => [key, now.join('')]));
          expect(shown(model)).toEqual(last);
          const all = Object.values(last).join('');
          expect([...model.sections.values()].reduce((sum, section) => sum + nodeCountIn(section), 0)).toBe(
            all.replaceAll('.', '').length,
          );
          expect(countByCode(model)[codeOf('dead')]).toBe(all.replaceAll(/[^d]/g, '').length);
        },
      ),
    );
  });
});
