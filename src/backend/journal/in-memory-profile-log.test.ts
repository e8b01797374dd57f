import { profileLogContract } from '../../testing/harness/profile-log-contract.ts';
import { createInMemoryProfileLog } from './in-memory-profile-log.ts';

profileLogContract('in memory', createInMemoryProfileLog);
