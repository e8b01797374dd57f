import { expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { createConsoleWithSignIn } from '../../testing/harness/console-with-sign-in.ts';

test('all together have sixteen exports at once, and the next one is told when to ask again', async () => {
  const console = createConsoleWithSignIn();
  const start = (who: string) =>
    console.ask('GET', paths.changesExport, console.token(who, { role: 'viewer', clusters: null }));
  const started: Response[] = [];
  for (let n = 0; n < 16; n++) started.push(await start(`viewer-${String(n % 8)}`));
  expect(started.map(({ status }) => status)).toEqual(started.map(() => 200));
  const refused = await start('another');
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '10']);
  expect(problem.parse(await refused.json()).problem).toBe('too-many-exports');
  expect((await start('viewer-0')).status).toBe(429);
  await started[0]?.text();
  expect((await start('another')).status).toBe(200);
  await console.close();
});
