/** What a job does, for the list and for the panel. */
export const status = {
  PENDING: 'Pending',
  RUNNING: 'Running',
  STOPPED: 'Stopped',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
};
export const started = (ago: string) => `started ${ago}`;
