import type { Session } from '../../contract/session.ts';

/** The session of a local user of a console that runs on the simulator. */
export const localSession: Session = {
  who: 'you',
  mayWrite: true,
  mayNotWriteBecause: null,
  clusters: null,
  via: 'local',
  ray: { address: 'simulator', dashboardUrl: null, simulated: true, version: null, sessionName: null },
  consoleVersion: '1',
};
