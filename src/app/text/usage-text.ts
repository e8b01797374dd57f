import { usage } from './en/usage.ts';

/** The words of usage over time; not in `text`, since nobody needs them before a chart is opened. */
export const usageText: typeof usage = usage;
