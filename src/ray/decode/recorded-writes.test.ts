import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../domain/outcome.ts';
import { replicaSetsOf } from '../../domain/replica-sets.ts';
import camelCase from '../../simulator/conformance/transcripts/camel-case.json' with { type: 'json' };
import { readOutcome } from './write-outcome.ts';
import { recorded, recordedWrites } from '../recordings/recorded.ts';
import { camelCaseKey, matchKeys } from './template-key.ts';
import { parseJson } from '../exact-json.ts';

/** What each recorded write came to; nothing recorded may be missing here. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  applied: [
    'busy: create batch',
    'busy: shrink to 2 (take the idle one)',
    'busy: delete idle',
    'nodes: create batch (indivisible)',
    'nodes: create team (divisible)',
    'nodes: shrink busy indivisible to 0',
    'nodes: delete busy',
    'nodes: bump',
    'nodes: release leftover job cluster',
    'nodes: delete team',
    'nodes: delete batch',
    'jobs: create ind',
    'jobs: create div',
    'jobs: shrink indivisible all',
    'jobs: omit template = shrink',
    'jobs: delete idle ind',
    'management: create',
    'management: no change',
    'management: create vc2 div',
    'management: zero',
    'management: empty sets',
    'management: string divisible',
    'management: string revision',
    'management: weird id',
    'management: create w/ stale revision of new id',
    'management: delete vc9',
    'management: recreate vc9',
    'management: browser POST origin',
    'management: browser DELETE origin',
    'management: browser POST sec',
    'management: browser DELETE sec',
    'management: browser POST referer',
    'management: browser DELETE referer',
    'busyOther: create batch',
    'forged: create team-a (indivisible)',
    'forged: create team-b (divisible)',
    'forged: create a virtual cluster named as a job cluster',
  ],
  'grow shortage': [
    'management: grow beyond',
    'management: create unknown template',
    'management: snake template',
    'jobs: recommend snake',
  ],
  'shrink shortage': [
    'busy: shrink busy indivisible to 0',
    'jobs: shrink divisible too far',
    'jobs: mixed grow+shrink fail shrink',
  ],
  conflict: ['management: expired revision', 'management: missing revision', 'jobs: shrink divisible old rev'],
  mismatch: ['management: divisible mismatch'],
  'in-use': [
    'busy: delete busy indivisible',
    'nodes: delete busy divisible',
    'jobs: delete in use indivisible',
    'jobs: delete in use divisible',
    'jobs: delete idle div',
    'forged: release of a running job with ## in its id',
  ],
  'not-found': ['management: delete unknown', 'management: browser DELETE ua'],
  invalid: [
    'management: negative',
    'management: empty template',
    'management: empty id',
    'management: primary',
    'management: delete weird id',
    'management: autoscaling set',
    'nodes: remove_nodes on 2.44.1.1',
  ],
  blocked: ['management: browser POST ua'],
  unknown: [
    'management: missing id',
    'management: bad json',
    'management: float replicas',
    'management: big replicas',
    'forged: delete the virtual cluster named as a job cluster',
  ],
};

function wordOf(outcome: Outcome): string {
  return outcome.kind === 'shortage' ? `${outcome.direction} shortage` : outcome.kind;
}

function fieldsOf(body: unknown): { readonly virtualClusterId?: unknown; readonly replicaSets?: unknown } {
  return typeof body === 'object' && body !== null ? body : {};
}

function outcomeOf(file: string, label: string): Outcome {
  const { request, reply } = recorded(file, label);
  if (request.method === 'DELETE') {
    return readOutcome(reply, {
      action: 'remove',
      clusterId: decodeURIComponent(request.path.replace('/virtual_clusters/', '')),
    });
  }
  const { virtualClusterId, replicaSets } = fieldsOf(request.body);
  const sets = typeof replicaSets === 'object' && replicaSets !== null ? Object.entries(replicaSets) : [];
  return readOutcome(reply, {
    action: 'save',
    clusterId: String(virtualClusterId),
    replicaSets: replicaSetsOf(sets.map(([templateId, count]) => [templateId, Number(count)])),
    held: {},
  });
}

describe('every recorded write (facts 1, 10)', () => {
  test('is in the table once', () => {
    expect(Object.values(outcomes).flat().toSorted()).toEqual(recordedWrites.toSorted());
  });

  test.each(Object.entries(outcomes).flatMap(([word, names]) => names.map((name) => [name, word] as const)))(
    '%s: %s',
    (name, word) => {
      const [file = '', label = ''] = name.split(/: (.*)/);
      expect(wordOf(outcomeOf(file, label))).toBe(word);
    },
  );
});

test('fact 6: a save without a change is applied, with another revision', () => {
  const created = outcomeOf('management', 'create');
  const again = outcomeOf('management', 'no change');
  expect(again.kind === 'applied' && created.kind === 'applied' && again.members).toEqual(
    created.kind === 'applied' && created.members,
  );
  expect(again.kind === 'applied' && again.revision).toBe('1795469080499096256');
});

test('fact 8: with a shrink and a growth in one request, the shortage covers only the shrink', () => {
  const outcome = outcomeOf('jobs', 'mixed grow+shrink fail shrink');
  expect(outcome).toMatchObject({ kind: 'shortage', direction: 'shrink', unmatched: [] });
  const { replicaSets } = fieldsOf(recorded('jobs', 'mixed grow+shrink fail shrink').request.body);
  expect(outcome.kind === 'shortage' && Object.keys(outcome.suggestion).length).toBeLessThan(
    Object.keys(Object(replicaSets)).length,
  );
});

test('fact 8: a template left out of the request counts as 0', () => {
  const outcome = outcomeOf('jobs', 'omit template = shrink');
  const { replicaSets } = fieldsOf(recorded('jobs', 'omit template = shrink').request.body);
  const left =
    outcome.kind === 'applied' ? [...(outcome.members?.values() ?? [])].map(({ templateId }) => templateId) : [];
  expect(left.every((templateId) => Object.hasOwn(Object(replicaSets), templateId))).toBe(true);
});

test('fact 25: a shrink that takes a node from under a job is applied like any other', () => {
  expect(outcomeOf('busy', 'shrink to 2 (take the idle one)')).toMatchObject({ kind: 'applied' });
});

describe('camel-cased keys, as a real Ray wrote them (fact 9)', () => {
  const spelled = camelCase['every part after an underscore is title-cased as Python does'].map(({ ask, reply }) => {
    const [templateId = ''] = Object.keys(Object(fieldsOf(parseJson(ask.slice(ask.indexOf('{')))).replicaSets));
    const [key = ''] = Object.keys(reply.data.replicaSetsToRecommend);
    return [templateId, key] as const;
  });

  test.each(spelled)('%s is %s', (templateId, key) => {
    expect(camelCaseKey(templateId)).toBe(key);
    expect(matchKeys({ [key]: 3 }, [templateId])).toEqual({ matched: { [templateId]: 3 }, unmatched: [] });
  });

  test('the count of a key of two requested templates is assigned to neither', () => {
    const shortage = recorded('management', 'snake template').reply;
    const text = shortage.text.replace('myNodeType', 'aB').replaceAll('vc8', 'team');
    const outcome = readOutcome(
      { ...shortage, text },
      { action: 'save', clusterId: 'team', replicaSets: { a_b: 1, aB: 1 }, held: {} },
    );
    expect(outcome).toMatchObject({ kind: 'shortage', suggestion: {}, unmatched: ['aB'] });
  });

  test('a held template collides too, though it was left out of the request', () => {
    const shortage = recorded('management', 'snake template').reply;
    const text = shortage.text.replace('myNodeType', 'aB').replaceAll('vc8', 'team');
    const outcome = readOutcome(
      { ...shortage, text },
      { action: 'save', clusterId: 'team', replicaSets: { a_b: 1 }, held: { aB: 2 } },
    );
    expect(outcome).toMatchObject({ suggestion: {}, unmatched: ['aB'] });
  });
});
