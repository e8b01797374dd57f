import { createInMemoryChangeLog } from './memory-change-log.ts';
import { changeLogContract } from './testing/change-log-contract.ts';

changeLogContract('in memory', createInMemoryChangeLog, false);
