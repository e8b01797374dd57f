import { countText } from './count-text.ts';

export const shell = {
  name: 'Virtual cluster console',
  skip: 'Skip to content',
  navigation: 'Main',
  openNavigation: 'Menu',
  clusters: 'Virtual clusters',
  nodes: 'Node map',
  usage: 'Usage',
  fleetFile: 'Fleet file',
  plans: 'Plans',
  journal: 'Journal',
  overview: 'Overview',
  search: 'Search…',
  shortcuts: 'Keyboard shortcuts',
  simulation: 'Simulation',
  simulated: 'Simulated',
  ray: (address: string, version: string | null) => (version === null ? address : `${address} · Ray ${version}`),
  changeTheme: 'Change theme',
  language: 'Language',
  meaning: (word: string) => `What “${word}” means`,
  theme: { light: 'Theme: light', dark: 'Theme: dark', auto: 'Theme: system' },
  account: (who: string | null) => (who === null ? 'Account and theme' : `Account: ${who}`),
  notFound: { title: 'There is no such page', go: 'Go to the virtual clusters' },
  crashed: {
    title: 'This part of the page failed',
    detail: 'Changes that were sent go on, and stand in the journal. Your drafts are kept in this tab.',
    /** `reason`: the browser's words. */
    why: (reason: string) => `What failed: ${reason}`,
    again: 'Try again',
  },
  toasts: {
    label: 'Messages',
    key: 'F8',
    dismiss: 'Dismiss',
    more: (count: number) => `and ${String(count)} more`,
  },
  print: { at: (time: string) => `printed ${time}` },
  titles: {
    separator: ' · ',
    dead: (value: number) => `● ${countText(value)} dead`,
    notFound: 'No such page',
    failing: {
      'ray-unreachable': 'Ray unreachable',
      'ray-fails': 'Ray fails',
      'ray-unreadable': "Ray's list can't be read",
      'console-unreachable': 'Console unreachable',
    },
  },
  loading: 'Loading',
  close: 'Close',
  cancel: 'Cancel',
};

export const freshness = {
  live: 'Live',
  connecting: 'Connecting',
  signedOut: 'Signed out',
  /** Upper bounds. */
  seconds: (value: number) => `≤ ${String(value)} s old`,
  minutes: (value: number) => `≤ ${String(value)} min old`,
  agedSpoken: 'What you see is at most a minute old',
  oldSpoken: 'What you see is more than a minute old',
  readAgo: (seconds: number) => `What you see was read from Ray ${String(seconds)} s ago.`,
  why: {
    live: 'The console reads Ray every few seconds.',
    connecting: 'The page waits for the first answer.',
    signedOut: 'Nobody is signed in, so nothing newer comes.',
    cache: 'Ray answers a list this large from its cache, so it is always a little old. Nothing is wrong.',
    slow: (seconds: number) => `Ray is slow: it took ${String(seconds)} s to answer, so the console asks less often.`,
    notRead: 'Nobody had looked for a while, so the console asked less often. It is reading now.',
    failing: 'The message at the bottom of the screen says why.',
  },
  rayUnreachable: (since: string) => `Ray unreachable since ${since}`,
  rayFails: (since: string) => `Ray fails since ${since}`,
  rayUnreadable: (since: string) => `Ray's list can't be read since ${since}`,
  consoleUnreachable: (since: string) => `Console unreachable since ${since}`,
};

export const api = {
  unreachable: 'The console did not answer.',
  unreadable: 'Something other than the console answered, or its answer was broken.',
};
