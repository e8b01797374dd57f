import type { NetworkError, UnknownReason } from '../../../domain/sourced.ts';
import { plural } from './count-text.ts';

const networkErrors: Record<NetworkError, string> = {
  refused: 'refuses connections',
  'unknown-host': 'is a host name that nothing resolves',
  'no-route': 'has no route from the console',
  'connect-timed-out': 'accepts no connection in time',
  tls: 'shows a certificate that the console does not accept',
  closed: 'closes connections before it answers',
};

/** What the console met when it last asked Ray, as the end of a sentence that begins with Ray's address. */
function reasonEnd(reason: UnknownReason): string {
  switch (reason) {
    case 'timed-out':
      return 'does not answer in time';
    case 'unreachable':
      return "can't be reached";
    case 'failed':
    case 'node-full':
      return 'answers for its virtual clusters with an error of its own';
    case 'too-large':
      return 'answers with more than the console reads';
    case 'truncated':
      return 'answers with a part of its list';
    case 'not-offered':
      return 'has no list of virtual clusters';
    case 'not-read-yet':
    case 'unreadable':
      return 'answers with something that is not of Ray';
  }
}

/** What answered in Ray's place, by its HTTP status, as the end of a sentence that begins with Ray's address. */
function statusEnd(status: number): string {
  if (status === 401) return 'asks for a sign-in (HTTP 401): Ray wants a token, or a proxy before it does';
  if (status === 403) return 'refuses the console (HTTP 403): its token may not read, or a proxy forbids it';
  if (status === 404 || status === 405) return `answers HTTP ${String(status)}: a web server, but not Ray's dashboard`;
  if (status === 502 || status === 503 || status === 504)
    return `answers HTTP ${String(status)}: a proxy that gets no answer of Ray`;
  if (status >= 300 && status < 400) return `leads elsewhere (HTTP ${String(status)}), as a sign-in page does`;
  return `answers HTTP ${String(status)}, which Ray does not`;
}

function statusCheck(status: number): string {
  if (status === 401 || status === 403 || (status >= 300 && status < 400))
    return 'Give the console a token that may read Ray, in the file that RAY_AUTH_TOKEN_PATH names (of several Rays: token-file in the file of --config); it reads that again by itself. If a proxy before Ray asks people to sign in, let the console through, or give it an address behind the proxy.';
  if (status === 404 || status === 405)
    return "Check that --ray-address (or url in the file of --config) is that of Ray's dashboard (port 8265), with the path below which a proxy serves it.";
  if (status === 502 || status === 503 || status === 504)
    return 'Check that Ray runs, and that the proxy before it knows where.';
  return 'Check what stands between the console and Ray.';
}

/** What the screens say while Ray or the console can't be read. */
export const outage = {
  shownFrom: (time: string) => `What you see is from ${time}.`,
  nothingShown: 'Nothing has been read yet.',
  met: (address: string, reason: UnknownReason) => `${address} ${reasonEnd(reason)}.`,
  metNetwork: (address: string, error: NetworkError) => `${address} ${networkErrors[error]}.`,
  metStatus: (address: string, status: number) => `${address} ${statusEnd(status)}.`,
  simulatedAddress: 'The simulated Ray',
  works: 'The journal and your drafts stay within reach; saving needs Ray.',
  next: (seconds: number) => (seconds <= 0 ? 'Trying now' : `Next try in ${String(seconds)} s`),
  tryNow: 'Try now',
  trying: 'Trying…',
  tryFailed: 'The console did not answer. It goes on trying.',
  details: 'What to check',
  consoleUnreachable: {
    title: (since: string) => `The console has not answered since ${since}`,
    met: 'The page gets no answer from the console, and asks every few seconds.',
    works: 'Your drafts are kept in this tab; nothing can be saved.',
    check: 'Check that the console still runs.',
  },
  rayUnreachable: {
    title: (since: string) => `Ray unreachable since ${since}`,
    check: 'Check that Ray runs and that its dashboard can be reached from where the console runs.',
    checkSimulated: 'Press “Ray comes back” in the Simulation.',
  },
  rayFails: {
    title: (since: string) => `Ray fails since ${since}`,
    check: "Ray's dashboard log says more.",
  },
  rayUnreadable: {
    title: (since: string) => `Ray's list can't be read since ${since}`,
    check:
      'Something else may answer at this address, such as the sign-in page of a proxy: check --ray-address (or url in the file of --config).',
    statusCheck,
  },
  listUnreadable: {
    title: "Read-only: this Ray's list can't be read",
    detail:
      'This Ray fails whenever it is asked for its virtual clusters, as the 2.53 nightly does. Nobody could tell what a write would do, so none is sent. Run a release whose list works, such as ant-ray 2.44.1.1; what is known from other sources is shown.',
  },
  stale: {
    title: (age: string) => `What you see may be ${age} old`,
    slow: 'Ray answers slowly, and the console goes on reading.',
    notRead: 'The console goes on reading.',
    works: 'Each save is still checked by Ray against its newest revision.',
  },
  age: {
    minutes: (value: number) => plural(value, 'minute', 'minutes'),
    hours: (value: number) => plural(value, 'hour', 'hours'),
  },
};
