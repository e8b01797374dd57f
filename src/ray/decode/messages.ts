import { parseRevision, type Revision } from '../../domain/revision.ts';

/** The kind of a write, which decides the prefix of Ray's rejection (fact 10). */
export type WriteAction = 'save' | 'remove';

/** A rejection by Ray. */
export type Rejection =
  | { readonly kind: 'expired'; readonly latest: Revision }
  /** `divisible`: what the cluster is, not what was requested (fact 7). */
  | { readonly kind: 'incompatible'; readonly divisible: boolean }
  | { readonly kind: 'shortage'; readonly direction: 'grow' | 'shrink' }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'not-found' }
  /** Any other reason, in Ray's words. */
  | { readonly kind: 'other'; readonly message: string };

const prefixes: Record<WriteAction, string> = {
  save: 'Failed to create or update virtual cluster ',
  remove: 'Failed to remove virtual cluster ',
};

/** The replies of aiohttp for a route that this Ray does not have. */
const noSuchRoute = new Set(['404: Not Found', '405: Method Not Allowed']);

/** Ray's reply to a write that it takes for a browser's (fact 13). */
export const BLOCKED = 'Method Not Allowed for browser traffic.';

/** In Ray's reply when even its error handling failed, as without a User-Agent (fact 13). */
export const SERVER_ERROR_TEXT = 'Server got itself in trouble';

export function isNoSuchRoute(text: string): boolean {
  return noSuchRoute.has(text.trim());
}

/** Whether a text has a Python traceback: a handler crashed, and how far it had got is unknown (facts 1, 26). */
export function hasTraceback(text: string): boolean {
  return text.includes('Traceback (most recent call last)');
}

/** The last line of a message, which in a traceback is the exception; at most 300 characters. */
export function lastLine(message: string): string {
  return (message.trimEnd().split('\n').at(-1) ?? '').trim().slice(0, 300);
}

/** Whether this is how the state API fails while a node's CPUs, or another of its resources, are all used (fact 18). */
export function isNodeFull(message: string): boolean {
  return (
    hasTraceback(message) &&
    (lastLine(message) === "KeyError: 'CPU'" || /resources_available\[k\][^]*\nKeyError: '/.test(message))
  );
}

/** Whether this is how every virtual cluster route of 2.53 nightly fails, whatever it did before (fact 26). */
export function isMissingStatusCode(message: string): boolean {
  return /^TypeError: rest_response\(\) missing \d+ required positional arguments?: 'status_code'/.test(
    lastLine(message),
  );
}

/**
 * Ray's rejection of one write (fact 10); null when the message is not one: it lacks the prefix, or has a traceback.
 */
export function readRejection(message: string, action: WriteAction, clusterId: string): Rejection | null {
  const prefix = `${prefixes[action]}${clusterId}: `;
  if (!message.startsWith(prefix) || hasTraceback(message)) return null;
  return rejectionOf(message.slice(prefix.length));
}

function rejectionOf(reason: string): Rejection {
  const expired = /^The revision \(\d+\) is expired, the latest revision of the virtual cluster [^]* is (\d+)$/.exec(
    reason,
  );
  const latest = parseRevision(expired?.[1] ?? '');
  if (latest !== null) return { kind: 'expired', latest };

  const incompatible =
    /^The requested attributes are incompatible with virtual cluster [^]*\. expect: \(([01])\), actual: \([01]\)\.$/.exec(
      reason,
    );
  if (incompatible !== null) return { kind: 'incompatible', divisible: incompatible[1] === '1' };

  if (reason.startsWith('No enough nodes to add to the virtual cluster.'))
    return { kind: 'shortage', direction: 'grow' };
  if (reason.startsWith('No enough nodes to remove from the virtual cluster.')) {
    return { kind: 'shortage', direction: 'shrink' };
  }
  // The trailing space is Ray's (fact 10). Releasing a job cluster with a running job has another message, below.
  if (/^The virtual cluster [^]* can not be removed as it is still in use\. ?$/.test(reason)) return { kind: 'in-use' };
  if (/^The (logical|job) cluster [^]* does not exist\.$/.test(reason)) return { kind: 'not-found' };
  return { kind: 'other', message: reason.trim() };
}

/**
 * Rejections of a job cluster's release come without the id in the prefix:
 * `Failed to remove virtual cluster, job cluster is in use, virtual cluster id: …`.
 */
export function readReleaseRejection(message: string, clusterId: string): Rejection | null {
  const suffix = `, virtual cluster id: ${clusterId}`;
  const bare = message.startsWith(`${prefixes.remove}${clusterId}: `)
    ? message.slice(prefixes.remove.length + clusterId.length + 2)
    : message;
  if (!bare.startsWith('Failed to remove virtual cluster, ') || !bare.endsWith(suffix)) return null;
  if (bare.includes('job cluster is in use')) return { kind: 'in-use' };
  return { kind: 'other', message: bare };
}
