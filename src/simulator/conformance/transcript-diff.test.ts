import { describe, expect, it } from 'vitest';
import { differences } from './transcript-diff.ts';
import { Names } from './stable-names.ts';
import { normalise, normaliseText, withoutPreexisting } from './normalise.ts';

const before = { nodes: new Set<string>(), jobs: new Set<string>(), actors: new Set<string>() };
const node = (digit: string) => digit.repeat(56);

describe('comparing transcripts', () => {
  const step = { ask: 'GET /x', status: 200, contentType: 'text/plain', reply: { data: { count: 1 } } };

  it('finds nothing between equal ones', () => {
    expect(differences([step], [{ ...step }])).toEqual([]);
  });

  it('names each field that differs', () => {
    const other = { ...step, status: 500, reply: { data: { count: 2, more: null } } };
    expect(differences([step], [other])).toEqual([
      'step 1 (GET /x) status: expected 200, got 500',
      'step 1 (GET /x) reply data count: expected 1, got 2',
      'step 1 (GET /x) reply data more: expected nothing, got null',
    ]);
  });

  it('names steps that only one of them has', () => {
    expect(differences([], [step])).toEqual(['step 1 (GET /x): not in the transcript']);
    expect(differences([step], [])).toEqual(['step 1 (GET /x): missing']);
  });
});

describe('normalising a reply', () => {
  it('numbers revisions by age, so that a change still shows', () => {
    const names = new Names();
    names.learn('{"b": 1795512656435139208, "a": 1795512656435139207}');
    expect(names.inText('1795512656435139207 1795512656435139208')).toBe('<revision 1> <revision 2>');
    names.learn('1795512656435139209');
    expect(names.inText('1795512656435139209 1795512656435139207')).toBe('<revision 3> <revision 1>');
  });

  it('takes no digits of a node id for a revision', () => {
    const names = new Names();
    names.learn(`{"${'c1234567890123456789'.padEnd(56, 'd')}": {}, "revision": 1795512656435139207}`);
    expect(names.inText('1795512656435139207')).toBe('<revision 1>');
  });

  it('keeps only the names that a case gave to nodes, and sorts what comes in the order of a hash', () => {
    const names = new Names();
    names.nameNode(node('b'), 'dead node');
    const map = { [node('a')]: { templateId: '8c16g' }, [node('b')]: { templateId: '4c8g' } };
    expect(normalise({ nodeInstances: map }, names, before)).toEqual({
      nodeInstances: [
        ['<dead node>', { templateId: '4c8g' }],
        ['<node>', { templateId: '8c16g' }],
      ],
    });
  });

  it('leaves of a traceback what was raised', () => {
    const text = 'Traceback (most recent call last):\n  File "x.py", line 1\nKeyError: \'CPU\'\n';
    expect(normaliseText(text, new Names())).toBe("Traceback … KeyError: 'CPU'");
  });

  it('hides amounts of memory but not that one is zero', () => {
    expect(normaliseText('0.000 B / 205.673 GiB', new Names())).toBe('0.000 B / <bytes>');
    expect(normaliseText('4.0/8.0 CPU\n0B/19.33GiB memory', new Names())).toBe('4.0/8.0 CPU\n0B/<bytes> memory');
  });

  it('leaves out what ended before the case, and counts without it', () => {
    const rows = [{ node_id: node('a') }, { node_id: node('b') }];
    const reply = { data: { result: { total: 2, num_after_truncation: 2, num_filtered: 2, result: rows } } };
    const cut = withoutPreexisting(reply, 'nodes', { ...before, nodes: new Set([node('a')]) });
    expect(cut).toEqual({
      data: { result: { total: 1, num_after_truncation: 1, num_filtered: 1, result: [{ node_id: node('b') }] } },
    });
  });
});
