import { plans } from './en/plans.ts';

/** The words of plans; not in `text`, since nobody needs them before a plan is opened or made. */
export const plansText: typeof plans = plans;
