/** Links to Ray's own dashboard. */
export const rayDashboard = {
  job: 'Job in Ray’s dashboard',
  node: 'Node in Ray’s dashboard',
  logs: 'Its logs in Ray’s dashboard',
  opens: '(opens in a new tab)',
};
