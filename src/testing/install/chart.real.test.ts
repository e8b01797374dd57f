import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';
import { parseOptions } from '../../server/cli/options.ts';

// The chart by the real Helm; see `test-chart.sh`.

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..', '..');
const chart = join(root, 'deploy', 'chart');
const tests = join(chart, 'tests');
const tool = (name: string) => z.string().parse(process.env[name], { error: () => `${name} is set by test-chart.sh` });
const helm = (...args: readonly string[]) => run(tool('HELM'), [...args]);
const read = (...path: readonly string[]) => readFile(join(root, ...path), 'utf8');

/** The manifests of a release, by a file of values or by single ones. */
async function render(...values: readonly string[]): Promise<string> {
  const { stdout } = await helm(
    'template',
    'console',
    chart,
    '--namespace',
    'ray',
    '--kube-version',
    '1.31.0',
    ...values,
  );
  return stdout;
}

/** By the schemas of Kubernetes, which allow no field that there is not. */
const validate = (file: string) =>
  run(tool('KUBERNETES_VALIDATE'), ['--strict', '--quiet', '--kubernetes-version', '1.31', file]);

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.optional(z.record(z.string(), z.string())) }),
});
const deployment = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ args: z.array(z.string()) })) }),
    }),
  }),
});
const manifestsOf = (text: string) => parseAllDocuments(text).map((each) => manifest.parse(each.toJSON()));
const only = (text: string, kind: string, name = '') => {
  const found = manifestsOf(text).filter((each) => each.kind === kind && each.metadata.name.endsWith(name));
  expect(found, `${kind} ${name}`).toHaveLength(1);
  return found[0];
};
const argsOf = (text: string) =>
  deployment.parse(only(text, 'Deployment')).spec.template.spec.containers[0]?.args ?? [];

/** What is compared as text: all but what is copied from another file whole. */
const withoutCopies = (text: string) =>
  text
    .split(/^---\n/m)
    .filter((each) => !each.includes('kind: PrometheusRule') && !each.includes('virtual-clusters.json:'))
    .join('---\n');

const cases = await readdir(join(tests, 'cases'));
let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'chart-'))));
afterAll(() => rm(folder, { recursive: true }));

describe.each(cases)('%s', (name) => {
  const values = join(tests, 'cases', name);

  test('nothing is to be said against it', async () => {
    expect((await helm('lint', chart, '--strict', '--values', values)).stdout).toContain('0 chart(s) failed');
  });

  test('makes the manifests that are expected', async () => {
    await expect(withoutCopies(await render('--values', values))).toMatchFileSnapshot(join(tests, 'expected', name));
  });

  test('which are right by the schemas of Kubernetes', async () => {
    const file = join(folder, name);
    const own = manifestsOf(await render('--values', values)).filter(
      ({ apiVersion }) => !/coreos|gateway/.test(apiVersion),
    );
    await writeFile(file, own.map((each) => JSON.stringify(each)).join('\n---\n'));
    await expect(validate(file)).resolves.toMatchObject({ stderr: '' });
  });
});

test('those schemas refuse a field that there is not', async () => {
  const file = join(folder, 'wrong.yaml');
  await writeFile(file, (await read('deploy', 'kubernetes.yaml')).replace('replicas: 1', 'replicaz: 1'));
  await expect(validate(file)).rejects.toMatchObject({ stdout: expect.stringContaining('replicaz') });
});

test.each(cases.filter((name) => name !== 'several-rays.yaml'))(
  '%s starts the console with options that it takes',
  async (name) => {
    expect(parseOptions(argsOf(await render('--values', join(tests, 'cases', name))), {})).toMatchObject({
      kind: 'start',
    });
  },
);

test('rules and board are those of deploy, and a scrape has the name by which they ask', async () => {
  const text = await render('--values', join(tests, 'cases', 'everything.yaml'));
  expect(only(text, 'PrometheusRule')).toMatchObject({
    spec: parse(await read('deploy', 'prometheus', 'alerts.yaml')),
  });
  const board = only(text, 'ConfigMap', 'dashboard');
  expect(board).toMatchObject({ metadata: { labels: { grafana_dashboard: '1' } } });
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(board);
  expect(JSON.parse(data['virtual-clusters.json'] ?? '')).toEqual(
    JSON.parse(await read('deploy', 'grafana', 'virtual-clusters.json')),
  );
  expect(only(text, 'ServiceMonitor')).toMatchObject({
    spec: {
      endpoints: [{ port: 'metrics', relabelings: [{ targetLabel: 'job', replacement: 'virtual-cluster-console' }] }],
    },
  });
});

const oauth2 = ['--set', 'oauth2Proxy.enabled=true', '--set', 'access.hosts={a.example}'];
test.each<[string, readonly string[], RegExp]>([
  ['an ingress that nobody guards', ['--set', 'ingress.enabled=true'], /ingress and httpRoute need/],
  ['a route that nobody guards', ['--set', 'httpRoute.enabled=true'], /ingress and httpRoute need/],
  ['a proxy that knows no people', oauth2, /config needs existingSecret/],
  ['a proxy without an issuer', [...oauth2, '--set', 'oauth2Proxy.config.existingSecret=a'], /issuerUrl is needed/],
  ['a proxy without a host', ['--set', 'oauth2Proxy.enabled=true'], /needs access.hosts/],
  ['two ways in', [...oauth2, '--set', 'tls.existingSecret=a'], /another way in/],
  ['one Ray and several', ['--set', 'ray.address=http://a:1', '--set', 'config.rays={}'], /leave ray.address empty/],
  ['an authority without TLS', ['--set', 'ray.ca.existingSecret=a'], /must begin with https/],
  ['a value that there is not', ['--set', 'replicas=2'], /replicas/],
  ['an address that is none', ['--set', 'ray.address=head:8265'], /ray.address|ray\/address/],
  ['a cookie secret of a wrong length', ['--set', 'oauth2Proxy.config.cookieSecret=short'], /cookieSecret/],
])('%s is refused in words', async (_what, values, message) => {
  await expect(render(...values)).rejects.toThrow(message);
});

test('deploy/kubernetes.yaml is what the chart makes of tests/cases/oauth2-proxy.yaml', async () => {
  const rendered = await render('--values', join(tests, 'cases', 'oauth2-proxy.yaml'));
  const plain = rendered
    .split('\n')
    .filter((line) => !/^# Source:|helm\.sh\/chart:|managed-by:|^ {2}namespace:/.test(line))
    .join('\n');
  const head = [
    '# The console next to the head of a RayCluster that KubeRay runs, for those who do not use Helm; docs/operation.md lists what to fill in.',
    `# Made of deploy/chart by src/testing/install/test-chart.sh --update; do not edit.`,
  ];
  await expect(`${head.join('\n')}\n${plain}`).toMatchFileSnapshot(join(root, 'deploy', 'kubernetes.yaml'));
});

test('notes tell how to reach it', async () => {
  // Helm shows them only with a Kubernetes at hand: here they are a manifest of a copy of the chart.
  const copy = join(folder, 'chart');
  await cp(chart, copy, { recursive: true, dereference: true });
  const notes = await readFile(join(copy, 'templates', 'NOTES.txt'), 'utf8');
  await rm(join(copy, 'templates', 'NOTES.txt'));
  await writeFile(join(copy, 'templates', '_notes.tpl'), `{{- define "notes" }}${notes}{{ end }}`);
  await writeFile(join(copy, 'templates', 'notes.yaml'), 'notes: {{ include "notes" . | quote }}');
  const shown = async (name: string) => {
    const values = join(tests, 'cases', name);
    const only = ['--show-only', 'templates/notes.yaml', '--kube-version', '1.31.0', '--values', values];
    const { stdout } = await helm('template', 'console', copy, ...only);
    return z.object({ notes: z.string() }).parse(parse(stdout)).notes;
  };
  expect(await shown('link.yaml')).toMatch(
    /port-forward deployment\/console-virtual-cluster-console 8600:8600[^]*sign-in-link --data-dir \/data --ray-address https:/,
  );
  expect(await shown('everything.yaml')).toContain('https://virtual-clusters.example.com/vc/');
  expect(await shown('outer-proxy.yaml')).toContain('The journal ends with the pod');
});
