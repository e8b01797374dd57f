import { observationLogContract } from '../../testing/harness/observation-log-contract.ts';
import { createInMemoryObservationLog } from './observation-log.ts';

observationLogContract('in memory', createInMemoryObservationLog);
