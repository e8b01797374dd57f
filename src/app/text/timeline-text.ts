import { timeline } from './en/timeline.ts';

/** The words of the timeline. Not in `text`: they are loaded with the parts that show it, as the list has no need of them. */
export const timelineText: typeof timeline = timeline;
