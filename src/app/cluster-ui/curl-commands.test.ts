import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_REPLICAS, replicaSetsOf } from '../../domain/replica-sets.ts';
import { parseRevision } from '../../domain/revision.ts';
import { curlDeleteCommand, curlListCommand, curlSaveCommand } from './curl-commands.ts';

const origin = 'http://127.0.0.1:8600';

function revisionOf(digits: string) {
  const revision = parseRevision(digits);
  if (revision === null) throw new Error('not a revision');
  return revision;
}

/** The words that a shell makes of lines, curl itself left out; one shell for all of them. */
function wordsOf(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `show ${line.replace(/^curl /, '')}\n`).join('');
  const show = String.raw`show() { for word in "$@"; do printf '%s\0' "$word"; done; printf '\n\0'; }`;
  const message = execFileSync('sh', ['-s'], { input: `${show}\n${script}`, encoding: 'utf8' });
  return message
    .split('\n\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

describe('a virtual cluster as curl', () => {
  test.each(['9007199254740993', '1734141542694433731', '18446744073709551615'])(
    'keeps revision %s digit by digit',
    (digits) => {
      const line = curlSaveCommand(origin, {
        clusterId: 'train',
        divisible: true,
        replicaSets: { '4c8g': 2 },
        revision: revisionOf(digits),
      });
      expect(line).toBe(
        `curl -sS -X POST '${origin}/virtual_clusters' -H 'Content-Type: application/json' --data-raw ` +
          `'{"virtualClusterId":"train","divisible":true,"replicaSets":{"4c8g":2},"revision":${digits}}'`,
      );
    },
  );

  test('reads and deletes at the console itself, the id encoded', () => {
    expect(curlListCommand(origin)).toBe(`curl -sS '${origin}/virtual_clusters'`);
    expect(curlDeleteCommand(origin, "a/b c##d?e'f")).toBe(
      String.raw`curl -sS -X DELETE '${origin}/virtual_clusters/a%2Fb%20c%23%23d%3Fe'\''f'`,
    );
  });

  test(
    'whatever an id or a template is called, the shell hands it on as it is, and nothing in it is run or unseen',
    { timeout: 30_000 },
    () => {
      const nasty = fc.oneof(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.constantFrom(
          "';touch x;'",
          '$(id)',
          '`id`',
          '!!',
          '\u001B[31m',
          'a\nb',
          '\u202Eabc',
          String.raw`a\'b`,
          '-d',
          '@/etc/passwd',
        ),
      );
      const samples = fc.sample(
        fc.tuple(nasty, nasty, fc.nat(MAX_REPLICAS), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
        { numRuns: 120, seed: 11 },
      );
      const lines = samples.map(([clusterId, templateId, count, revision]) =>
        curlSaveCommand(origin, {
          clusterId,
          divisible: false,
          replicaSets: replicaSetsOf([[templateId, count]]),
          revision: revisionOf(String(revision)),
        }),
      );
      const words = wordsOf(lines);
      expect(words).toHaveLength(samples.length);
      for (const [index, [clusterId, templateId, count, revision]] of samples.entries()) {
        const [, , , url, , , , body = ''] = words[index] ?? [];
        expect(url).toBe(`${origin}/virtual_clusters`);
        expect(body).toContain(`"revision":${String(revision)}}`);
        expect(body).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(JSON.parse(body)).toMatchObject({ virtualClusterId: clusterId, replicaSets: { [templateId]: count } });
      }
      const deletes = wordsOf(samples.map(([clusterId]) => curlDeleteCommand(origin, clusterId)));
      for (const [index, [clusterId]] of samples.entries()) {
        expect(decodeURIComponent((deletes[index]?.[3] ?? '').slice(`${origin}/virtual_clusters/`.length))).toBe(
          clusterId,
        );
      }
    },
  );
});
