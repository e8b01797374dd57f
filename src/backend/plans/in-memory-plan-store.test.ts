import { describePlanStore } from '../../testing/harness/plan-store-contract.ts';
import { createInMemoryPlanStore } from './in-memory-plan-store.ts';

describePlanStore(createInMemoryPlanStore);
