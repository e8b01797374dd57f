import packageJson from '../../package.json' with { type: 'json' };
import { createDemoConsole } from './demo-console.ts';
import type { ToWorker } from './messages.ts';
import { serveLine } from './serve-line.ts';

// A thread beside the page's: reading 100,000 nodes does not hold up a click.
const yielded = new MessageChannel();
const resume: (() => void)[] = [];
yielded.port1.addEventListener('message', () => resume.shift()?.());
yielded.port1.start();

const console = createDemoConsole({
  clock: {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    after(ms, callBack) {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
  },
  consoleVersion: packageJson.version,
  seed: 1,
  zone: new Date().getTimezoneOffset(),
  // Timers of 0 ms wait for 4 ms when they are nested.
  yieldToEventLoop: () =>
    new Promise((resolve) => {
      resume.push(resolve);
      yielded.port2.postMessage(null);
    }),
});

serveLine(
  {
    post: (message) => self.postMessage(message),
    listen: (callBack) =>
      self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
        callBack(data);
      }),
  },
  (request) => console.fetch(request, { address: '127.0.0.1', secure: true }),
);
