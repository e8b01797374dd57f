import type { Submission } from '../../app/changes/submission.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { connectionRefused, connectionReset } from '../../simulator/replies/reply.ts';
import { createSessionStorage, type Browser } from './browser.ts';
import type { Coverage } from './coverage.ts';
import type { ModelClock } from './model-clock.ts';
import { BAD_GATEWAY, deliver, noFault, type NetworkFault } from './network-faults.ts';
import type { Oracle } from './oracle.ts';
import { openPage, type PageDriver } from './page-driver.ts';
import { requestOrigin } from './ray-link.ts';
import type { RestartableConsole } from './restartable-console.ts';
import { createStreamLink, type StreamLink } from './stream-link.ts';
import { createViewMonitor, type ViewMonitor } from './view-monitor.ts';

const ORIGIN = 'http://127.0.0.1:8600';

/** A browser tab and its user. */
export interface UserTab {
  page: PageDriver;
  monitor: ViewMonitor;
  readonly console: RestartableConsole;
  readonly streamLink: StreamLink;
  /** The faults of the next change sent from here, which may follow a read of Ray first. */
  nextFaults: { readonly put: NetworkFault; readonly writes: readonly NetworkFault[] } | null;
  readonly putFaults: Map<string, NetworkFault>;
  readFault: { readonly fault: NetworkFault; times: number };
  /** The editor to reopen after a reload, once the page shows a fleet. */
  reopen: { readonly clusterId: string | null } | null;
  /** The fields that must be in the stored drafts of closed editors, by cluster. */
  readonly leftDrafts: Map<string | null, ReadonlyMap<string, string>>;
  /** The changes sent from here, newest last. */
  readonly sent: { readonly id: string; readonly wanted: ChangeRequest }[];
  reload(): void;
}

/** Opens a page in a tab of `browser`, connected to `console` over a network with faults. */
export function openUserTab(parts: {
  readonly name: string;
  readonly console: RestartableConsole;
  readonly browser: Browser;
  readonly clock: ModelClock;
  /** The same clock, whose timers count as messages in flight. */
  readonly trackingClock: ModelClock;
  readonly ids: () => string;
  readonly oracle: Oracle;
  readonly coverage: Coverage;
  readonly onSent: (id: string, wanted: ChangeRequest) => void;
  readonly onShown: (submission: Submission) => void;
  readonly onViolation: (text: string) => void;
}): UserTab {
  const { name, console, browser, clock, oracle, coverage } = parts;
  /** Changes that the console has acknowledged. */
  const acknowledged = new Set<string>();
  const storage = createSessionStorage();
  const putFaults = new Map<string, NetworkFault>();
  const channel = browser.channel();
  const sent: UserTab['sent'] = [];

  const nextFault = (isPut: boolean, id: string): NetworkFault => {
    const fault = isPut ? putFaults.get(id) : undefined;
    if (fault !== undefined) putFaults.delete(id);
    if (fault !== undefined) return fault;
    if (isPut || tab.readFault.times <= 0) return noFault;
    tab.readFault.times -= 1;
    return tab.readFault.fault;
  };
  const fetch = async (request: Request): Promise<Response> => {
    const { method, url, headers, signal } = request;
    const [, id = '', given] = /\/api\/changes\/([^/?]+)(\/abandonment)?$/.exec(url) ?? [];
    const isAbandonment = given !== undefined;
    const isPut = method === 'PUT' && !isAbandonment;
    const body = method === 'PUT' ? await request.text() : null;
    const fault = nextFault(isPut, id);
    if (fault !== noFault) coverage.countFault(isPut ? 'page write' : 'page read', fault);
    clock.noteActivity();
    return deliver(
      {
        fault,
        signal,
        after: (ms, callBack) => parts.trackingClock.after(ms, callBack),
        connectionReset,
        connectionRefused,
        proxyPage: () =>
          new Response(BAD_GATEWAY.text, {
            status: BAD_GATEWAY.status,
            headers: { 'Content-Type': BAD_GATEWAY.contentType },
          }),
      },
      async () => {
        const reply = await requestOrigin.run(id, () => console.fetch(new Request(url, { method, headers, body })));
        clock.noteActivity();
        if (isPut && (reply.status === 200 || reply.status === 202)) acknowledged.add(id);
        const isUnknown = isAbandonment ? await isGivenUp(reply) : reply.status === 404;
        if (isUnknown && acknowledged.has(id))
          parts.onViolation(`the console does not know change ${id}, which it acknowledged`);
        return reply;
      },
    );
  };
  const streamLink = createStreamLink((request) => console.fetch(request), ORIGIN, clock);
  const open = () =>
    openPage({
      fetch,
      origin: ORIGIN,
      clock,
      ids: parts.ids,
      storage,
      streamLink,
      lock: browser.lock,
      channel,
      onSent(id, change) {
        sent.push({ id, wanted: change });
        parts.onSent(id, change);
        if (tab.nextFaults === null) return;
        putFaults.set(id, tab.nextFaults.put);
        console.rayLink.writeFaults.set(id, tab.nextFaults.writes);
        tab.nextFaults = null;
      },
      onShown: parts.onShown,
    });
  const tab: UserTab = {
    page: open(),
    monitor: createViewMonitor(name, oracle),
    console,
    streamLink,
    nextFaults: null,
    putFaults,
    readFault: { fault: noFault, times: 0 },
    reopen: null,
    leftDrafts: new Map(),
    sent,
    reload() {
      tab.page.close();
      // A reloaded page is compared from its first snapshot on.
      tab.monitor = createViewMonitor(name, oracle);
      tab.page = open();
    },
  };
  return tab;
}

/** Whether the console takes the change for one that has not arrived. */
async function isGivenUp(reply: Response): Promise<boolean> {
  const body: unknown = await reply.clone().json();
  return typeof body === 'object' && body !== null && 'change' in body && body.change === null;
}
