// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { known, unknown } from '../../../../domain/sourced.ts';
import type { JobCluster } from '../../../../domain/fleet.ts';
import { PrimaryJobClusters } from './primary-job-clusters.tsx';
import { jobClusterIn } from '../../../../testing/harness/jobs.ts';

vi.mock('../../../changes/release-control.tsx', () => ({
  ReleaseControl: ({
    jobCluster,
    parentId,
    onStart,
  }: {
    jobCluster: JobCluster;
    parentId: string;
    onStart: () => void;
  }) => <button type="button" onClick={onStart}>{`Release ${jobCluster.id} to ${parentId}`}</button>,
}));

afterEach(cleanup);

function jobCluster(submissionId: string, leftover: JobCluster['leftover']): JobCluster {
  return jobClusterIn('kPrimaryClusterID', submissionId, {
    nodes: known([{ templateId: '4c8g', count: 1 }], 'state'),
    leftover,
  });
}

test('only what is known to be left over can be released, and it stays once that was begun', async () => {
  const over = jobCluster('raysubmit_A', known(true, 'jobs'));
  const runs = jobCluster('raysubmit_B', known(false, 'jobs'));
  const doubtful = jobCluster('raysubmit_C', unknown('failed', 'jobs'));
  const page = render(<PrimaryJobClusters jobClusters={known([over, runs, doubtful], 'state')} />);
  expect(screen.queryByText('raysubmit_A', { exact: false })).toBeNull();
  screen.getByText('3 job clusters in the primary cluster hold 3 nodes').click();
  const release = await screen.findByText('Release kPrimaryClusterID##raysubmit_A to kPrimaryClusterID');
  expect(screen.getAllByText(/^Release /)).toHaveLength(1);
  release.click();
  page.rerender(<PrimaryJobClusters jobClusters={known([], 'state')} />);
  expect(screen.getByText('Release kPrimaryClusterID##raysubmit_A to kPrimaryClusterID')).toBeTruthy();
});
