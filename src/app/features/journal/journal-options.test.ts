import { expect, it } from 'vitest';
import type { TimelineEntry } from '../../../contract/timeline.ts';
import { scriptedChange } from '../../testing/scripted-api.tsx';
import { clusterFilterOptions } from './journal-options.ts';

function change(id: string, clusterId: string): TimelineEntry {
  return { type: 'change', at: 1, change: scriptedChange(id, { kind: 'release', clusterId }, null) };
}

it('offers existing, deleted and selected clusters, each once', () => {
  expect(
    clusterFilterOptions(['team-10', 'team-2'], [change('a', 'team-2##raysubmit_X'), change('b', 'gone')], 'asked'),
  ).toEqual(['asked', 'gone', 'team-2', 'team-10']);
});
