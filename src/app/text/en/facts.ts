import { countText, nodesText } from './count-text.ts';
import type { SourceName, UnknownReason } from '../../../domain/sourced.ts';

const what: Record<SourceName, string> = {
  list: "Ray's list of virtual clusters",
  liveness: "Ray's list of nodes",
  state: "Ray's state API",
  summary: "Ray's node summary",
  actors: "Ray's list of actors",
  jobs: "Ray's list of jobs",
  identity: "Ray's version",
};

/** Why something isn't known, one sentence. */
function why(source: SourceName, reason: UnknownReason): string {
  switch (reason) {
    case 'not-read-yet':
      return `${what[source]} has not been read yet.`;
    case 'node-full':
      return "Ray's state API fails while a node is full.";
    case 'failed':
      return `${what[source]} fails: Ray answers with an error of its own.`;
    case 'too-large':
      return `${what[source]} is larger than the console reads.`;
    case 'truncated':
      return `${what[source]} came cut: Ray gives at most 10,000 rows.`;
    case 'timed-out':
      return `${what[source]} did not come in time.`;
    case 'unreachable':
      return 'Ray does not answer.';
    case 'unreadable':
      return `${what[source]} can't be read: it is not what Ray answers.`;
    case 'not-offered':
      return `${what[source]} does not say.`;
  }
}

export const facts = {
  unknown: 'unknown',
  asOf: (time: string) => `as of ${time}`,
  why,
  count: (count: number) => countText(count),
  atMost: (count: number) => `at most ${countText(count)}`,
  nodes: nodesText,
  none: 'none',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

export const ago = {
  /** `month` counts from 0. */
  notADay: (example: string) => `No such day. Write it as ${example}.`,
  date: (day: number, month: number, year: number) => `${String(day)} ${months[month] ?? ''} ${String(year)}`,
  dateAndTime: (date: string, time: string) => `${date}, ${time}`,
  justNow: 'just now',
  seconds: (count: number) => `${String(count)} s ago`,
  minutes: (count: number) => `${String(count)} min ago`,
  hours: (count: number) => `${String(count)} h ago`,
  days: (count: number) => (count === 1 ? '1 day ago' : `${countText(count)} days ago`),
  never: 'never',
};

export const pages = {
  label: (what: string) => `Pages of: ${what}`,
  before: 'Previous',
  after: 'Next',
  shown: (from: number, to: number, of: number) => `${countText(from)} to ${countText(to)} of ${countText(of)}`,
};

export const copy = {
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  failed: 'Your browser did not allow copying',
};
