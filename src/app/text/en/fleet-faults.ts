import { describeFault } from '../../../fleet-file/problem.ts';

/** What is wrong in a fleet file: as the command line says it. */
export const fleetFaults = { describe: describeFault };
