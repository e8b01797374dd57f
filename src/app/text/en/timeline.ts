import type { TimelineKind } from '../../../contract/timeline.ts';
import { countText } from './count-text.ts';

const kinds: Record<TimelineKind, string> = {
  changes: 'Changes through this console',
  seen: 'All that was seen',
  'replica-sets-changed': 'Changed by another client',
  'cluster-created': 'Created by another client',
  'cluster-deleted': 'Deleted by another client',
  died: 'Nodes died',
  arrived: 'Nodes joined',
  left: 'Nodes left',
  replaced: 'Nodes replaced by Ray',
  moved: 'Nodes moved',
  'job-cluster-started': 'Job clusters started',
  'job-cluster-ended': 'Job clusters ended',
  'ray-restarted': 'Ray was restarted',
  'ray-emptied': 'Ray lost its virtual clusters',
  'outage-began': 'Reading failed',
  'outage-ended': 'Reading works again',
  'console-started': 'Console started',
  'console-stopped': 'Console stopped',
  omitted: 'Seen and not kept',
};

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const dayNames: Record<'today' | 'yesterday', string> = { today: 'Today', yesterday: 'Yesterday' };

/** The words of the timeline: what was changed and what was seen. */
export const timeline = {
  seen: {
    label: 'Seen',
    by: 'Not known',
    byConsole: 'console',
    resized: (sets: string) => `Changed by another client: ${sets}`,
    created: (sets: string) => `Created by another client: ${sets}`,
    deleted: (sets: string) => `Deleted by another client: ${sets}`,
    set: (templateId: string, from: number, to: number) => `${templateId} ${countText(from)} → ${countText(to)}`,
    more: (value: number) => `${countText(value)} more`,
    jobStarted: (job: string) => `Job cluster of ${job} started`,
    jobEnded: (job: string) => `Job cluster of ${job} ended`,
    rayRestarted: 'Ray was restarted',
    rayEmptied: 'Ray lost all of its virtual clusters',
    outageBegan: (source: string) => `Ray's ${source} could not be read any more`,
    outageEnded: (source: string) => `Ray's ${source} could be read again`,
    consoleStarted: 'The console was started: what happened while it was off was not seen',
    consoleStopped: 'The console was stopped',
    omitted: (value: number) => `${countText(value)} more of a kind were seen, and are not kept`,
    nodes: 'Nodes',
    open: (what: string) => `Details: ${what}`,
    at: 'Seen at',
    onMap: (nodeId: string) => `Show node ${nodeId} on the map`,
    clusterOnMap: 'Show on map',
    moreNodes: (value: number) => `and ${countText(value)} more`,
    gone: 'gone',
  },
  what: 'What',
  everything: 'Everything',
  groups: { seen: 'Seen, by kind' },
  kinds,
  scope: {
    before: 'What was changed through this console, and what it has ',
    seen: 'seen',
    after: ' besides.',
  },
  kept: (
    { most, days: kept, since, durable }: { most: number; days: number; since: string; durable: boolean },
    seen: { most: number; days: number },
  ) =>
    `${durable ? 'Kept in a file, over restarts' : 'Kept in memory, so all is gone when the console is restarted'}: the newest ${countText(most)} changes of the last ${countText(kept)} days, none from before ${since}; the newest ${countText(seen.most)} seen of ${countText(seen.days)} days.`,
  day: (weekday: number, name: 'today' | 'yesterday' | null, date: string) =>
    `${name === null ? (days[weekday] ?? '') : dayNames[name]}, ${date}`,
  fresh: (value: number, isMore: boolean) => `${countText(value)}${isMore ? '+' : ''} new`,
  freshDetail: 'Show the new rows',
};
