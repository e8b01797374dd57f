import { expect, test } from 'vitest';
import { parseRayDashboardUrl } from './ray-dashboard-url.ts';

test.each([
  ['http://ray:8265', 'http://ray:8265'],
  ['https://gateway.example/ray-prod/', 'https://gateway.example/ray-prod'],
  ['HTTP://Ray:8265/', 'http://ray:8265'],
])('%s', (text, url) => {
  expect(parseRayDashboardUrl(text)).toEqual({ ok: true, url });
});

test.each([
  ['ray:8265', 'must begin with http:// or https://.'],
  ['nonsense', 'must be a URL, not "nonsense".'],
  ['javascript:alert(1)', 'must begin with http:// or https://.'],
  ['http://me:secret@ray:8265', 'must not hold a user or a password.'],
  ['http://ray:8265/?a=b', 'must end with its path.'],
  ['http://ray:8265/#/jobs', 'must end with its path.'],
])('%s is refused', (text, why) => {
  const parsed = parseRayDashboardUrl(text);
  expect(parsed).toEqual({ ok: false, message: `--ray-dashboard-url ${why} Write it as http://host:8265.` });
});
