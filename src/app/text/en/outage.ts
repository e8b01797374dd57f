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

/** What the screens say while Ray or the console can't be read. */
export const outage = {
  shownFrom: (time: string) => `What you see is from ${time}.`,
  nothingShown: 'Nothing has been read yet.',
  met: (address: string, reason: UnknownReason) => `${address} ${reasonEnd(reason)}.`,
  metNetwork: (address: string, error: NetworkError) => `${address} ${networkErrors[error]}.`,
  metStatus: (address: string, status: number) => `${address} answers HTTP ${String(status)}, which is not of Ray.`,
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
    check: 'Check that nothing stands between the console and Ray.',
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
