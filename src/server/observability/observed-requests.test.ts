import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createSessions } from '../../backend/auth/sessions.ts';
import { createSignInLinks } from '../../backend/auth/sign-in-links.ts';
import { createAuthenticator } from '../../backend/auth/sign-in-authenticator.ts';
import { createConsoleMetrics } from './console-metrics.ts';
import { createHttpServer } from '../http/http-server.ts';
import { listen } from '../http/listen.ts';
import { nodeSecrets as secrets } from '../auth/node-secrets.ts';
import { observeRequests } from './observed-requests.ts';

test('who signed in stands in the log, and who failed to is nobody', async () => {
  const clock = createHandClock();
  const lines: unknown[] = [];
  const metrics = createConsoleMetrics({ consoleVersion: '', watchers: () => 0 });
  const requests = observeRequests({
    metrics: () => metrics,
    log: (_level, _event, fields) => void lines.push(fields),
  });
  const links = createSignInLinks({ clock, secrets, others: () => null });
  const sessions = createSessions({ clock, secrets, times: { idle: 1_000, absolute: 1_000 } });
  const access = requests.authenticator(
    createAuthenticator({
      readOnly: false,
      signIn: { kind: 'link', sessions, links, onLinkUsed: () => undefined },
      isTrustedProxy: () => false,
      findToken: () => null,
      secrets,
      clock,
      basePath: '/',
    }),
  );
  const server = createHttpServer(async (request, from, incoming) => {
    requests.associate(incoming, from);
    return access.signIn(request, from, await request.text());
  });
  requests.watch(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const token = links.create({ name: 'anna', grant: { role: 'viewer', clusters: null } });
  const headers = { Connection: 'close' };
  for (let time = 0; time < 2; time++)
    await fetch(`http://127.0.0.1:${String(listening.port)}/api/sign-in`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ token }),
    });
  await requests.drained();
  expect(lines).toMatchObject([
    { status: 204, who: 'anna' },
    { status: 401, who: null },
  ]);
  expect(JSON.stringify(lines)).not.toContain(token);
  metrics.close();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ['token', { name: 'Authorization', value: 'Bearer old' }],
  ['session', { name: 'Cookie', value: 'virtual-cluster-console-PORT=old' }],
])('a wrong or old %s is logged once, and then once an hour with how often it came', async (_name, credential) => {
  const clock = createHandClock();
  const lines: unknown[] = [];
  const metrics = createConsoleMetrics({ consoleVersion: '', watchers: () => 0 });
  const requests = observeRequests({
    metrics: () => metrics,
    log: (level, _event, fields) => void (level === 'debug' ? null : lines.push(fields)),
  });
  const access = createAuthenticator({
    readOnly: false,
    signIn: {
      kind: 'link',
      links: createSignInLinks({ clock, secrets, others: () => null }),
      sessions: createSessions({ clock, secrets, times: { idle: 1_000, absolute: 1_000 } }),
      onLinkUsed: () => undefined,
    },
    isTrustedProxy: () => false,
    findToken: () => null,
    secrets,
    clock,
    basePath: '/',
    onFailure: requests.recordFailure,
  });
  const server = createHttpServer((request, from, incoming) => {
    requests.associate(incoming, from);
    const result = access.authenticate(request, from);
    return Promise.resolve(result.kind === 'authenticated' ? new Response('') : result.reply);
  });
  requests.watch(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const port = String(listening.port);
  const headers = { Connection: 'close', [credential.name]: credential.value.replace('PORT', port) };
  const poll = async () => {
    await (await fetch(`http://127.0.0.1:${port}/api/fleet`, { headers })).text();
  };
  for (let time = 0; time < 30; time++) await poll();
  await clock.advance(3_600_000);
  await poll();
  await requests.drained();
  expect(lines).toMatchObject([
    { status: 401, failures: 1 },
    { status: 401, failures: 30 },
  ]);
  metrics.close();
  await new Promise((resolve) => server.close(resolve));
});
