import { expect, test } from 'vitest';
import type { FailureCause, UnknownReason } from '../../../domain/sourced.ts';
import type { Outage } from './outage-state.ts';
import { outageText } from './outage-text.ts';

const NOW = 1_800_000_000_000;
const ray = {
  address: 'https://ray.example:8265',
  dashboardUrl: null,
  simulated: false,
  version: null,
  sessionName: null,
};

function away(cause: FailureCause | null, reason: UnknownReason = 'unreachable'): Outage {
  return { kind: 'ray-unreachable', since: NOW, shownFrom: NOW, reason, cause };
}

test.each<[FailureCause | null, string]>([
  [{ kind: 'network', error: 'refused' }, 'https://ray.example:8265 refuses connections.'],
  [{ kind: 'network', error: 'unknown-host' }, 'https://ray.example:8265 is a host name that nothing resolves.'],
  [{ kind: 'status', status: 502 }, 'https://ray.example:8265 answers HTTP 502: a proxy that gets no answer of Ray.'],
  [null, "https://ray.example:8265 can't be reached."],
])('names the address and what was met: %j', (cause, sentence) => {
  expect(outageText(away(cause), ray, NOW).sentences[0]).toBe(sentence);
});

test.each([
  [401, 'asks for a sign-in', 'RAY_AUTH_TOKEN_PATH'],
  [403, 'refuses the console', 'RAY_AUTH_TOKEN_PATH'],
  [302, 'leads elsewhere', 'let the console through'],
  [404, "not Ray's dashboard", '--ray-address'],
  [504, 'gets no answer of Ray', 'that Ray runs'],
  [408, 'which Ray does not', 'between the console and Ray'],
])('what answers HTTP %i in place of Ray is named, and what to check', (status, met, check) => {
  const { sentences } = outageText(
    { kind: 'ray-unreadable', since: NOW, shownFrom: NOW, reason: 'unreadable', cause: { kind: 'status', status } },
    ray,
    NOW,
  );
  expect(sentences[0]).toContain(met);
  expect(sentences[0]).toContain(`HTTP ${String(status)}`);
  expect(sentences.at(-1)).toContain(check);
});

test('a page in place of Ray is mostly that of a sign-in', () => {
  const away200 = { kind: 'ray-unreadable', since: NOW, shownFrom: NOW, reason: 'unreadable', cause: null } as const;
  expect(outageText(away200, ray, NOW).sentences.at(-1)).toContain('sign-in page');
});

test('says a time-out in words, where nothing else is known of it', () => {
  expect(outageText(away(null, 'timed-out'), ray, NOW).sentences[0]).toBe(
    'https://ray.example:8265 does not answer in time.',
  );
});

test('a simulated Ray has no address, and its way back is a button', () => {
  const { sentences } = outageText(away(null), { ...ray, address: 'simulator', simulated: true }, NOW);
  expect(sentences[0]).toBe("The simulated Ray can't be reached.");
  expect(sentences.at(-1)).toContain('Ray comes back');
});

test('a time of another day has its date', () => {
  expect(outageText(away(null), ray, NOW).title).toMatch(/since \d\d:\d\d$/);
  expect(outageText(away(null), ray, NOW + 24 * 3_600_000).title).toMatch(/since \d+ \w+ 2027, /);
});

test('Ray is called slow only where it was', () => {
  const stale = (cause: 'slow' | 'cache' | 'not-read') => outageText({ kind: 'stale', age: 120_000, cause }, ray, NOW);
  expect(stale('slow').sentences.join(' ')).toContain('slowly');
  for (const cause of ['cache', 'not-read'] as const) expect(stale(cause).sentences.join(' ')).not.toContain('slow');
});
