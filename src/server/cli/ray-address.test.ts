import { expect, test } from 'vitest';
import { parseRayAddress } from './ray-address.ts';

test.each([
  ['http://127.0.0.1:8265', 'http://127.0.0.1:8265'],
  ['http://127.0.0.1:8265/', 'http://127.0.0.1:8265'],
  ['HTTPS://Ray.example', 'https://ray.example'],
  ['http://[::1]:8265', 'http://[::1]:8265'],
  ['https://gateway/ray-prod', 'https://gateway/ray-prod'],
  ['https://gateway/ray-prod/', 'https://gateway/ray-prod'],
  ['HTTPS://Gateway:443/Rays/prod_1.a~b/', 'https://gateway/Rays/prod_1.a~b'],
])('%s is %s', (text, url) => {
  expect(parseRayAddress(text)).toEqual({ ok: true, url });
});

test.each([
  ['', /must begin with/],
  ['auto', /must begin with/],
  ['127.0.0.1:8265', /must begin with/],
  ['ray://head:10001', /Ray client's/],
  ['head:6379', /Ray's own processes. The console needs the dashboard's/],
  ['file:///etc/passwd', /must begin with/],
  ['http://', /not a URL/],
  ['http://host:99999', /not a URL/],
  ['http://user:secret@host:8265', /must not hold a user/],
  ['http://host:8265?x=1', /must end after/],
  ['http://host:8265/ray?x=1', /must end after/],
  ['http://host:8265/ray?', /must end after/],
  ['http://host:8265/ray#x', /must end after/],
  ['http://host:8265/ray#', /must end after/],
  ['http://host:8265//ray', /may have a path/],
  ['http://host:8265//', /may have a path/],
  ['http://host:8265/ray//prod', /may have a path/],
  ['http://host:8265/..', /may have a path/],
  ['http://host:8265/ray/../prod', /may have a path/],
  ['http://host:8265/ray/./prod', /may have a path/],
  ['http://host:8265/ray/%2e%2e/prod', /may have a path/],
  ['http://host:8265/ray%2fprod', /may have a path/],
  ['http://host:8265/ray\\prod', /may have a path/],
  ['http://host:8265/ray prod', /may have a path/],
  ['http://host:8265/ray\n', /may have a path/],
  ['http://host:8265/räy', /may have a path/],
])('%j is refused', (text, words) => {
  const parsed = parseRayAddress(text);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.message).toMatch(words);
  if (!parsed.ok) expect(parsed.message).not.toContain('secret');
});
