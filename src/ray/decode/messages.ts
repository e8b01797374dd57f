import { parseRevision, type Revision } from '../../domain/revision.ts';

/** What a write was asked to do: it decides the prefix of Ray's rejection (fact 10). */
export type WriteAction = 'save' | 'remove';

/** What one of Ray's rejections says. */
export type Rejection =
  | { readonly kind: 'expired'; readonly latest: Revision }
  /** `divisible`: what the cluster is, not what was asked (fact 7). */
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

/** What aiohttp answers for a route that this Ray doesn't have. */
const noSuchRoute = new Set(['404: Not Found', '405: Method Not Allowed']);

/** Ray's answer to what it takes for a browser's write (fact 13). */
export const BLOCKED = 'Method Not Allowed for browser traffic.';

/** Ray's answer where even its error handling failed, such as without a User-Agent (fact 13). */
export const SERVER_ERROR_TEXT = 'Server got itself in trouble';

export function isNoSuchRoute(text: string): boolean {
  return noSuchRoute.has(text.trim());
}

/** Whether a text carries a Python traceback: a handler crashed, and nobody knows how far it came (facts 1, 26). */
export function hasTraceback(text: string): boolean {
  return text.includes('Traceback (most recent call last)');
}

/** The last line of a message, at most 300 characters: of a traceback, the exception itself. */
export function lastLine(message: string): string {
  return (message.trimEnd().split('\n').at(-1) ?? '').trim().slice(0, 300);
}

/** The state API fails so while a node's CPUs, or another of its resources, are all used (fact 18). */
export function isNodeFull(message: string): boolean {
  return (
    hasTraceback(message) &&
    (lastLine(message) === "KeyError: 'CPU'" || /resources_available\[k\][^]*\nKeyError: '/.test(message))
  );
}

/** Every virtual cluster route of 2.53 nightly fails so, whatever happened underneath (fact 26). */
export function isMissingStatusCode(message: string): boolean {
  return /^TypeError: rest_response\(\) missing \d+ required positional arguments?: 'status_code'/.test(
    lastLine(message),
  );
}

/**
 * Ray's rejection of one write (fact 10), or null when the message is no rejection of it: without its prefix,
 * or with a traceback.
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
  // The trailing space is Ray's (fact 10); a release of a job cluster that runs says it in its own way.
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
