// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConsoleWithSignIn, type ConsoleWithSignIn } from '../../../testing/harness/console-with-sign-in.ts';
import { createApi } from '../../api/client.ts';
import { App } from '../../app.tsx';
import { POLL_INTERVAL_MS } from '../../api/live-updates.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { navigateTo } from '../../routing/navigate.ts';

const anna = { name: 'anna', grant: { role: 'operator', clusters: null } } as const;

let server: ConsoleWithSignIn;
beforeEach(async () => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  server = createConsoleWithSignIn({ clusters: ['team'] });
  await server.clock.settle();
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await server.close();
});

/** The page at a path, in a browser that keeps its cookie. `polls`: whether it asks again after a while. */
function open(path: string, polls = true) {
  window.history.replaceState(null, '', path);
  const jar = new Map<string, string>();
  const requests: string[] = [];
  let released = Promise.resolve();
  let endStream: () => void = () => undefined;
  const cookie = () => ({ Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') });
  const fetch = async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const body: unknown = request.body === null ? undefined : await request.json();
    requests.push(pathname);
    await released;
    const reply = await server.ask(request.method, pathname + search, cookie(), body);
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(reply.headers.get('Set-Cookie') ?? '') ?? [];
    if (name !== undefined) jar.set(name, value ?? '');
    return reply;
  };
  const parts = {
    api: createApi(fetch, 'http://127.0.0.1:8600'),
    clock: {
      now: () => server.clock.now(),
      after(ms: number, callBack: () => void) {
        if (ms === POLL_INTERVAL_MS && !polls) return () => undefined;
        const timer = setTimeout(callBack, ms);
        return () => clearTimeout(timer);
      },
    },
    ids: () => '00000000-0000-4000-8000-000000000001',
    stream: {
      openStream: (_version: string | null, { failed }: { readonly failed: () => void }) => {
        endStream = failed;
        return () => undefined;
      },
      lock: (held: () => Promise<void>) => held(),
      channel: null,
      visibility: { isVisible: () => true, subscribe: () => () => undefined },
    },
  };
  render(<App parts={parts} drafts={createDraftStore(null)} />);
  return {
    /** How often a path was asked for. */
    asked: (path: string) => requests.filter((request) => request === path).length,
    /** From now on the server answers nothing, until the returned function is called. */
    hold() {
      let release = (): void => undefined;
      released = new Promise((resolve) => (release = resolve));
      return release;
    },
    /** Its stream ends with it. */
    async endSession() {
      await server.ask('POST', '/api/sign-out', cookie(), {});
      endStream();
    },
  };
}

test('whoever is not in is asked, and shown nothing; a link signs in, and its token leaves the address', async () => {
  open('/clusters');
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
  expect(screen.queryByRole('navigation')).toBeNull();
  cleanup();
  open(`/sign-in#${server.link(anna)}`, false);
  expect(await screen.findByRole('link', { name: 'team' })).toBeTruthy();
  expect(window.location.pathname + window.location.hash).toBe('/clusters');
  await waitFor(() => expect(screen.queryByText('Connecting')).toBeNull());
  expect(screen.getByText('anna')).toBeTruthy();
});

test('each case of a link that signs nobody in is told, with the command for another one, which can be pasted', async () => {
  const user = userEvent.setup();
  const used = server.link(anna);
  await server.ask('POST', '/api/sign-in', {}, { token: used });
  open(`/sign-in#${used}`);
  expect(await screen.findByRole('region', { name: /was used before/ })).toBeTruthy();
  cleanup();
  open('/sign-in#garbage');
  expect(await screen.findByRole('region', { name: /is no sign-in link/ })).toBeTruthy();
  expect(screen.getByText('virtual-cluster-console sign-in-link')).toBeTruthy();
  expect(window.location.hash).toBe('');
  await user.click(screen.getByLabelText('Sign-in link', { selector: 'input' }));
  await user.paste(`http://127.0.0.1:8600/sign-in#${server.link(anna)}`);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('link', { name: 'team' })).toBeTruthy();
});

test('what is pasted stands while the page asks again who this is, as it does each minute', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const user = userEvent.setup();
  const { asked, hold } = open('/clusters', false);
  await screen.findByRole('heading', { name: 'Sign in' });
  const field = screen.getByLabelText('Sign-in link', { selector: 'input' });
  await user.click(field);
  await user.paste('half of a link');
  const release = hold();
  const before = asked('/api/session');
  vi.advanceTimersByTime(60_000);
  await vi.waitFor(() => expect(asked('/api/session')).toBe(before + 1));
  // What the query says of its beginning comes with a timer that was set before this one.
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  release();
  expect(await screen.findByLabelText('Sign-in link', { selector: 'input' })).toBe(field);
  expect(field).toHaveProperty('value', 'half of a link');
  expect(document.activeElement).toBe(field);
});

test('a session that ends while something is typed: it is asked for again, and what was typed stands', async () => {
  const user = userEvent.setup();
  const page = open(`/sign-in#${server.link(anna)}`);
  expect(await screen.findByRole('link', { name: 'team' })).toBeTruthy();
  act(() => navigateTo('/clusters/team/edit'));
  const field = await screen.findByRole('spinbutton', { name: '4c8g' });
  await user.clear(field);
  // More: before a shrink the page looks for jobs, and asks where a busy machine finds none in time.
  await user.type(field, '3');
  await page.endSession();
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  const dialog = await screen.findByRole('dialog', { name: 'Sign in again' });
  expect(server.ray.saved).toEqual([]);
  expect(screen.getAllByText('Signed out').length).toBeGreaterThan(0);
  expect(screen.queryByText(/Console unreachable/)).toBeNull();
  await user.click(within(dialog).getByLabelText('Sign-in link'));
  await user.paste(server.link(anna));
  await user.click(within(dialog).getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Sign in again' })).toBeNull());
  expect(screen.getByRole('spinbutton', { name: '4c8g' })).toBe(field);
  expect(field).toHaveProperty('value', '3');
  expect(screen.queryByText('Signed out')).toBeNull();
});
