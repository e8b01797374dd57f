import { createInMemoryChangeLog } from './in-memory-change-log.ts';
import { changeLogContract } from '../../testing/harness/change-log-contract.ts';

changeLogContract('in memory', createInMemoryChangeLog, false);
