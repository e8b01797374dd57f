import type { Session } from '../../contract/session.ts';

/** Who somebody is at the machine of a console that runs on the simulator. */
export const localSession: Session = {
  who: 'you',
  mayWrite: true,
  mayNotWriteBecause: null,
  clusters: null,
  via: 'local',
  ray: { address: 'simulator', simulated: true, version: null, sessionName: null },
  consoleVersion: '1',
};
