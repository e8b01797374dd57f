import { countText } from './count-text.ts';

export const shell = {
  name: 'Virtual cluster console',
  skip: 'Skip to content',
  navigation: 'Main',
  openNavigation: 'Menu',
  clusters: 'Virtual clusters',
  nodes: 'Node map',
  journal: 'Journal',
  simulation: 'Simulation',
  simulated: 'Simulated',
  ray: (address: string, version: string | null) => (version === null ? address : `${address} · Ray ${version}`),
  theme: { light: 'Theme: light', dark: 'Theme: dark', auto: 'Theme: system' },
  signedInAs: (who: string) => `You are ${who}`,
  notFound: { title: 'There is no such page', go: 'Go to the virtual clusters' },
  crashed: {
    title: 'This part of the page failed',
    detail: 'Nothing was sent to Ray. Your drafts are kept in this tab.',
    again: 'Show it again',
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
  cached: (age: string) => `At most ${age} old: Ray's cache`,
  cachedSpoken: "What you see is at most a minute old: it comes from Ray's cache",
  slow: (age: string) => `At most ${age} old: Ray is slow`,
  slowSpoken: 'What you see may be old: Ray is slow',
  rayUnreachable: (since: string) => `Ray unreachable since ${since}`,
  rayFails: (since: string) => `Ray fails since ${since}`,
  rayUnreadable: (since: string) => `Ray's list can't be read since ${since}`,
  consoleUnreachable: (since: string) => `Console unreachable since ${since}`,
};

export const api = {
  unreachable: 'The console did not answer.',
  unreadable: 'Something other than the console answered, or its answer was broken.',
};
