import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { known } from '../../domain/sourced.ts';
import { submitCommand } from './submit-command.ts';

const nodes = (templateId: string, count: number) => ({
  templateId,
  count,
  dead: known(0, 'liveness'),
  idle: known(count, 'state'),
  busy: known(0, 'state'),
});

test('a job in an indivisible cluster shares its nodes', () => {
  expect(submitCommand('http://ray:8265', { id: 'team', divisible: false, templates: [nodes('4c8g', 3)] })).toBe(
    "ray job submit --address 'http://ray:8265' --virtual-cluster-id 'team' -- python my_job.py",
  );
});

test('a job in a divisible cluster names its nodes: one of each template that the cluster holds', () => {
  expect(
    submitCommand('http://ray:8265', {
      id: 'team',
      divisible: true,
      templates: [nodes('4c8g', 3), nodes('gpu_a10', 1)],
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
