import { expect, test } from 'vitest';
import { problem } from '../../contract/problem.ts';
import { paths } from '../../contract/paths.ts';
import { profileEditPage, profileRecord, profileReply } from '../../contract/cluster-profile.ts';
import { EMPTY_PROFILE, type ClusterProfile } from '../../domain/cluster-profile.ts';
import { consolePerTest, createTestConsole } from '../../testing/harness/test-console.ts';

const on = consolePerTest({ '4c8g': 2 });

const path = paths.clusterProfile('vc');
const wei: ClusterProfile = { ...EMPTY_PROFILE, owner: 'Wei', labels: ['gpu'] };
const put = (profile: unknown, expectedVersion: unknown = 0, at = path) =>
  on.console.write('PUT', at, { expectedVersion, profile });
const read = async (at = path) => profileReply.parse(await (await on.console.ask(at)).json());
const problemOf = async (reply: Response) => ({ status: reply.status, ...problem.parse(await reply.json()) });

test('a profile that was never set is none', async () => {
  expect(await read()).toEqual({ now: null, edits: [] });
  expect((await on.console.fleet()).clusters[0]).not.toHaveProperty('profile');
});

test('what is set is tidied, is there for all at once, and moves the version of the fleet', async () => {
  const before = await on.console.fleet();
  const reply = await put({ ...wei, owner: '  Wei\n' });
  expect(reply.status).toBe(200);
  const record = profileRecord.parse(await reply.json());
  expect(record).toEqual({ profile: wei, version: record.version, who: 'local administrator', at: on.clock.now() });
  const delta = await on.console.fleet(before.version);
  expect(delta.clusters).toEqual([{ ...before.clusters[0], profile: record }]);
  expect((await on.console.fleet(delta.version)).clusters).toEqual([]);
  expect((await read()).edits).toMatchObject([
    { who: 'local administrator', address: '127.0.0.1', before: EMPTY_PROFILE, after: wei },
  ]);
});

test('a second editor is told what is there, by whom, and overwrites nothing', async () => {
  await put(wei);
  const reply = await put({ ...wei, owner: 'Ada' });
  expect(reply.status).toBe(409);
  const body: unknown = await reply.json();
  const { now } = await read();
  expect(body).toEqual({
    problem: 'profile-moved',
    detail: 'local administrator has set it meanwhile. Nothing was set.',
    now,
  });
  expect(now?.profile).toEqual(wei);
  expect((await put({ ...wei, owner: 'Ada' }, now?.version)).status).toBe(200);
});

test('nothing of it goes to Ray', async () => {
  await put(wei);
  expect([on.ray.saved, on.ray.removed]).toEqual([[], []]);
});

test('it outlives its virtual cluster, and is there when the id is created again', async () => {
  await put(wei);
  await on.console.during(on.console.change(1, { kind: 'delete', clusterId: 'vc', base: null }));
  expect((await on.console.fleet()).clusters).toEqual([]);
  expect((await read()).now?.profile).toEqual(wei);
  await on.console.during(
    on.console.change(2, { kind: 'save', clusterId: 'vc', divisible: false, base: null, want: { '4c8g': 1 } }),
  );
  expect((await on.console.fleet()).clusters[0]?.profile?.profile).toEqual(wei);
});

test('the journal has every edit, by person and cluster, newest first', async () => {
  const edits = async (query = '') =>
    profileEditPage.parse(await (await on.console.ask(paths.profileEdits + query)).json());
  await put(wei);
  await put({ ...wei, owner: 'Ada' }, (await read()).now?.version);
  const all = await edits();
  expect(all.edits.map(({ before, after }) => [before.owner, after.owner])).toEqual([
    ['Wei', 'Ada'],
    ['', 'Wei'],
  ]);
  expect(all.next).toBeNull();
  const [newest] = all.edits;
  expect((await edits(`?before=${String(newest?.version)}&cluster=vc`)).edits).toHaveLength(1);
  expect((await edits('?who=nobody')).edits).toEqual([]);
  for (const query of ['?before=x', '?since=x', '?outcome=x'])
    expect((await on.console.ask(paths.profileEdits + query)).status, query).toBe(400);
});

test('an id that never was has none, and gets none', async () => {
  const elsewhere = paths.clusterProfile('never##there/..');
  expect(await problemOf(await put(wei, 0, elsewhere))).toMatchObject({ status: 404, problem: 'no-such-cluster' });
  expect(await read(elsewhere)).toEqual({ now: null, edits: [] });
});

test.each<[string, unknown]>([
  ['a link that runs something', { ...wei, link: 'javascript:alert(document.domain)' }],
  ['text that turns what follows', { ...wei, owner: 'a\u202Eb' }],
  ['a text that is too long', { ...wei, purpose: 'x'.repeat(900_000) }],
  ['too many labels', { ...wei, labels: Array.from({ length: 90_000 }, (_, n) => `l${String(n)}`) }],
  ['no text', { ...wei, owner: 7 }],
  ['a part', { owner: 'Wei' }],
  ['nothing', null],
])('%s is refused, and nothing is set', async (_what, profile) => {
  expect(await problemOf(await put(profile))).toMatchObject({ status: 400, problem: 'bad-profile' });
  expect((await read()).now).toBeNull();
});

test('what is wrong is told of each field, by a code and in a sentence', async () => {
  const reply = await put({ ...wei, owner: 'x'.repeat(81), link: 'http://plain', labels: ['two words here', '<b>'] });
  const { fields, detail } = problem.parse(await reply.json());
  expect(fields).toEqual({ owner: 'too-long', link: 'bad-link', labels: 'bad-label' });
  expect(detail).toContain('link must begin with https:// or mailto:.');
});

test('a version that never was is another one, no number is refused, and so is a body of more than a megabyte', async () => {
  for (const version of [-1, 1.5]) expect((await put(wei, version)).status, String(version)).toBe(409);
  for (const version of ['0', null]) expect((await put(wei, version)).status, String(version)).toBe(400);
  expect((await put({ ...wei, owner: 'x'.repeat(1_000_001) })).status).toBe(413);
  expect((await on.console.write('PUT', path, '{')).status).toBe(400);
});

test('names that objects have are kept as text', async () => {
  const odd = { ...EMPTY_PROFILE, owner: '<img src=x onerror=alert(1)>', labels: ['__proto__', 'constructor=1'] };
  expect((await put(odd)).status).toBe(200);
  expect((await read()).now?.profile).toEqual(odd);
});

test('a read-only console sets none', async () => {
  const { ray, clock } = on;
  const readOnly = createTestConsole({ ray, clock, readOnly: true });
  await clock.settle();
  expect((await readOnly.write('PUT', path, { expectedVersion: 0, profile: wei })).status).toBe(403);
  await readOnly.close();
});
