import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { submitAddress, submitCommand } from './submit-command.ts';

test('a job in an indivisible cluster shares its nodes', () => {
  expect(submitCommand('http://ray:8265', { id: 'team', divisible: false, templates: [{ templateId: '4c8g' }] })).toBe(
    "ray job submit --address 'http://ray:8265' --virtual-cluster-id 'team' -- python my_job.py",
  );
});

test('a job in a divisible cluster names its nodes: one of each template that the cluster holds', () => {
  expect(
    submitCommand('http://ray:8265', {
      id: 'team',
      divisible: true,
      templates: [{ templateId: '4c8g' }, { templateId: 'gpu_a10' }],
    }),
  ).toBe(
    `ray job submit --address 'http://ray:8265' --virtual-cluster-id 'team' --replica-sets '{"4c8g":1,"gpu_a10":1}' -- python my_job.py`,
  );
});

test('a shell hands on an id as it is', () => {
  const id = "it's; $(touch x) `y`";
  const line = submitCommand('http://ray:8265', { id, divisible: false, templates: [] });
  const words = execFileSync('sh', ['-c', `ray() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' });
  expect(words.split('\n')).toContain(id);
});

test.each([
  [{ address: 'http://ray:8265', dashboardUrl: null, simulated: false }, 'http://ray:8265'],
  [{ address: 'http://ray:8265', dashboardUrl: 'https://gateway/ray', simulated: false }, 'https://gateway/ray'],
  [{ address: 'simulator', dashboardUrl: null, simulated: true }, 'http://console/simulator/ray'],
])('it goes to where people reach Ray: %o', (ray, address) => {
  expect(submitAddress({ ...ray, version: null, sessionName: null }, 'http://console')).toBe(address);
});
