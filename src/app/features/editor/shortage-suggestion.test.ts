import { describe, expect, test } from 'vitest';
import type { SaveChange } from '../../../domain/change.ts';
import type { Result } from '../../../domain/result.ts';
import { revisionOf } from '../../testing/cluster-fixture.ts';
import { saveOfSuggestion, suggestionFor } from './shortage-suggestion.ts';

const opened = { revision: revisionOf('1795469080484243902'), replicaSets: { '4c8g': 12, '8c16g': 8 } };
const sent: SaveChange = {
  kind: 'save',
  clusterId: 'team',
  divisible: false,
  base: opened,
  want: { '4c8g': 20, '8c16g': 9 },
};

describe('a suggestion', () => {
  const judgedOn = { revision: revisionOf('1795469080484243950'), replicaSets: { '4c8g': 12, '8c16g': 8 } };
  const shortage: Extract<Result, { kind: 'shortage' }> = {
    kind: 'shortage',
    direction: 'grow',
    suggestion: { '4c8g': 5, '8c16g': 1 },
    unmatched: [],
    judgedOn,
  };

  test('becomes a save on the revision that the shortage was judged on', () => {
    const applied = suggestionFor(sent, shortage);
    expect(applied).toMatchObject({ kind: 'request', want: { '4c8g': 17, '8c16g': 9 } });
    expect(saveOfSuggestion(sent, judgedOn, { '4c8g': 17, '8c16g': 9 })).toEqual({
      ...sent,
      base: judgedOn,
      want: { '4c8g': 17, '8c16g': 9 },
    });
  });

  test('for a creation stays a creation', () => {
    const creation = { ...sent, base: null };
    expect(saveOfSuggestion(creation, { revision: null, replicaSets: {} }, { '4c8g': 5 })).toEqual({
      ...creation,
      want: { '4c8g': 5 },
    });
  });

  test('of which nothing is possible, or which can’t be matched, is no request', () => {
    expect(suggestionFor(sent, { ...shortage, suggestion: { '4c8g': 0, '8c16g': 0 } }).kind).toBe('nothing-possible');
    expect(suggestionFor(sent, { ...shortage, unmatched: ['myNodeType'] }).kind).toBe('cannot');
  });
});
