import { plural } from './count-text.ts';

/** What the screens say while Ray or the console can't be read. */
export const outage = {
  shownFrom: (time: string) => `What you see is from ${time}.`,
  nothingShown: 'Nothing has been read yet.',
  consoleUnreachable: {
    title: (since: string) => `The console has not answered since ${since}`,
    next: 'The page asks again every few seconds, and your drafts are kept. Check that the console still runs.',
  },
  rayUnreachable: {
    title: (since: string) => `Ray unreachable since ${since}`,
    next: (address: string) => `Check that Ray runs and that its dashboard can be reached at ${address}.`,
    nextSimulated: 'Press “Ray comes back” in the Simulation.',
  },
  rayFails: {
    title: (since: string) => `Ray fails since ${since}`,
    next: "Ray answers for its virtual clusters with an error of its own; Ray's dashboard log says more.",
  },
  rayUnreadable: {
    title: (since: string) => `Ray's list can't be read since ${since}`,
    next: 'Check that nothing stands between the console and Ray.',
  },
  listUnreadable: {
    title: "Read-only: this Ray's list can't be read",
    detail:
      'This Ray fails whenever it is asked for its virtual clusters, as the 2.53 nightly does. Nobody could tell what a write would do, so none is sent. Run a release whose list works, such as ant-ray 2.44.1.1; what is known from other sources is shown.',
  },
  stale: {
    title: (age: string) => `What you see may be ${age} old`,
    next: 'The console goes on reading. Each save is still checked by Ray against its newest revision.',
  },
  age: {
    minutes: (value: number) => plural(value, 'minute', 'minutes'),
    hours: (value: number) => plural(value, 'hour', 'hours'),
  },
};
