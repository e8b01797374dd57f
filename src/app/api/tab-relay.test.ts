import { expect, test } from 'vitest';
import { createTabRelay, type TabMessage } from './tab-relay.ts';

/** One channel of several tabs, and all that was posted on it. */
function browser() {
  const listeners = new Map<object, (message: TabMessage) => void>();
  const posted: string[] = [];
  function tab() {
    const self = {};
    const relay = createTabRelay({
      post(message) {
        posted.push(message.kind);
        for (const [owner, hear] of listeners) if (owner !== self) hear(message);
      },
      listen(callBack) {
        listeners.set(self, callBack);
        return () => listeners.delete(self);
      },
    });
    const received: (string | null)[] = [];
    return { relay, received, join: () => relay.join((_, since) => received.push(since)) };
  }
  return { tab, posted };
}

/** The relay passes an update on as it is. */
const update: Parameters<ReturnType<typeof createTabRelay>['pass']>[0] = Object.create(null);

test('a tab alone posts no updates', () => {
  const { tab, posted } = browser();
  const only = tab();
  only.join();
  only.relay.lead();
  only.relay.pass(update, 'e-1');
  expect(posted).toEqual(['waiting', 'streaming']);
});

test('a tab that comes later has the updates from then on', () => {
  const { tab } = browser();
  const [leader, late] = [tab(), tab()];
  leader.join();
  leader.relay.lead();
  leader.relay.pass(update, 'e-1');
  late.join();
  leader.relay.pass(update, 'e-2');
  expect(late.received).toEqual(['e-2']);
});

test('the next tab that holds the stream learns who waits', () => {
  const { tab } = browser();
  const [first, second, third] = [tab(), tab(), tab()];
  const leave = first.join();
  second.join();
  third.join();
  first.relay.lead();
  leave();
  second.relay.lead();
  second.relay.pass(update, 'e-3');
  expect([first.received, second.received, third.received]).toEqual([[], [], ['e-3']]);
});

test('once the others have gone, the next tab that holds the stream posts no updates', () => {
  const { tab, posted } = browser();
  const [first, second] = [tab(), tab()];
  const leave = first.join();
  second.join();
  first.relay.lead();
  leave();
  second.relay.lead();
  posted.length = 0;
  second.relay.pass(update, 'e-4');
  expect(posted).toEqual([]);
});
