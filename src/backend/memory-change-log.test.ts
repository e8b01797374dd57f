import { createMemoryChangeLog } from './memory-change-log.ts';
import { changeLogContract } from './testing/change-log-contract.ts';

changeLogContract('in memory', createMemoryChangeLog, false);
