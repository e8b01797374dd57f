import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import packageJson from '../../package.json' with { type: 'json' };
import { IN_IMAGE } from './cli/container-options.ts';
import { parseOptions } from './cli/options.ts';
import { parseUnit } from '../testing/harness/parse-unit.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');

/** What the container file says after each such word. */
function args(word: string): readonly string[] {
  const lines = read('Containerfile').split('\n');
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
}

describe('the image', () => {
  test('is built from what the repository has, without what a checkout has beside it', () => {
    for (const from of args('COPY').filter((line) => !line.startsWith('--from'))) {
      for (const path of from.split(' ').slice(0, -1)) expect(existsSync(join(root, path)), path).toBe(true);
    }
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    for (const path of ['node_modules', 'dist', '.cache', '.git']) expect(ignored).toContain(path);
  });

  test('runs the built server on a Node with long support that it is tested with, the same in both stages', () => {
    expect(args('ENTRYPOINT')).toEqual(['["node", "dist/server/main.js"]']);
    const [, base, version] = /^NODE_IMAGE=(.*\/node:(\d+)-.*)$/.exec(args('ARG')[0] ?? '') ?? [];
    expect(base).toBeDefined();
    const tested = readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8');
    expect(/node: \[([\d, ]+)\]/.exec(tested)?.[1]?.split(', ')).toContain(version);
    // Even numbers are supported for years, odd ones for months.
    expect(Number(version) % 2).toBe(0);
    expect(args('FROM')).toEqual(['${NODE_IMAGE} AS build', '${NODE_IMAGE}']);
  });

  test('says what it is, and of which version', () => {
    expect(args('ARG')).toContain(`VERSION=${packageJson.version}`);
    const labels = read('Containerfile').matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g);
    expect(Object.fromEntries([...labels].map(([, name, value]) => [name, value]))).toEqual({
      title: 'Virtual cluster console',
      description: packageJson.description,
      licenses: packageJson.license,
      version: '${VERSION}',
      revision: '${REVISION}',
    });
  });

  test('is told in its environment that it runs in a container, where to listen, and where its one volume is', () => {
    const [, environment = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(read('Containerfile')) ?? [];
    expect(environment.split(/[\s\\]+/)).toEqual(
      expect.arrayContaining(['HOST=0.0.0.0', 'XDG_DATA_HOME=/data', `${IN_IMAGE}=1`]),
    );
    expect([args('VOLUME'), args('EXPOSE')]).toEqual([['/data'], ['8600']]);
  });

  test('has a health check that asks the console, whether it speaks TLS or not', async () => {
    expect(read('Containerfile')).toMatch(/^HEALTHCHECK .* CMD \["node", "healthcheck.mjs"\]$/m);
    expect(args('COPY')).toContain('deploy/healthcheck.mjs ./');
    const asked: string[] = [];
    const server = createServer((request, reply) => {
      asked.push(request.url ?? '');
      reply.writeHead(request.url === '/healthz' ? 200 : 503).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const check = async (...path: readonly string[]) => {
      const child = spawn(process.execPath, [join(root, 'deploy', 'healthcheck.mjs'), ...path], {
        env: { PORT: String(port) },
        stdio: 'ignore',
      });
      const [code] = z.tuple([z.number(), z.unknown()]).parse(await once(child, 'exit'));
      return code;
    };
    expect([await check(), await check('/readyz')]).toEqual([0, 1]);
    expect(new Set(asked)).toEqual(new Set(['/healthz', '/readyz']));
    server.close();
    await once(server, 'close');
    expect(await check()).toBe(1);
  });
});

describe('the systemd unit', () => {
  const unit = parseUnit(read('virtual-cluster-console.service'));
  const one = (section: string, key: string) => unit.get(section)?.get(key)?.join(' ') ?? null;

  test('starts the built server with options that it takes', () => {
    const [node, script, ...args] = one('Service', 'ExecStart')?.split(' ') ?? [];
    expect([node, script]).toEqual(['/usr/bin/node', '/opt/virtual-cluster-console/dist/server/main.js']);
    expect(parseOptions(args, {})).toMatchObject({
      kind: 'start',
      options: {
        host: '127.0.0.1',
        rayAddress: 'http://127.0.0.1:8265',
        dataDir: `/var/lib/${one('Service', 'StateDirectory') ?? ''}`,
      },
    });
  });

  test('gives it time to finish writes, and starts it again when it fails', () => {
    expect(Number(one('Service', 'TimeoutStopSec'))).toBeGreaterThan(10);
    expect([one('Service', 'KillSignal'), one('Service', 'Restart')]).toEqual(['SIGTERM', 'on-failure']);
    expect(one('Install', 'WantedBy')).toBe('multi-user.target');
  });

  test('lets it do nothing else on the machine', () => {
    expect(one('Service', 'User')).not.toBe('root');
    const hardened = {
      NoNewPrivileges: 'yes',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      RestrictNamespaces: 'yes',
      CapabilityBoundingSet: '',
      UMask: '0077',
      StateDirectoryMode: '0700',
    };
    for (const [key, value] of Object.entries(hardened)) expect([key, one('Service', key)]).toEqual([key, value]);
    // Node compiles at run time: with this one it would not start.
    expect(one('Service', 'MemoryDenyWriteExecute')).toBe(null);
    // Nor without pkey_alloc, which is none of @system-service, where what is refused ends the process.
    expect([one('Service', 'SystemCallFilter'), one('Service', 'SystemCallErrorNumber')]).toEqual([
      '@system-service @pkey ~@privileged @resources',
      'EPERM',
    ]);
  });

  test.each(['Key=outside\n', '[Service]\nno equals sign\n', '[Service]\nA=1\n[Service]\nB=2\n', '[Service\nA=1\n'])(
    'the parser refuses %j',
    (text) => {
      expect(() => parseUnit(text)).toThrow(/^Line \d+/);
    },
  );
});

const container = z.object({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  livenessProbe: z.object({ exec: z.optional(z.object({ command: z.array(z.string()) })) }),
  readinessProbe: z.object({
    exec: z.optional(z.object({ command: z.array(z.string()) })),
    httpGet: z.optional(z.object({ path: z.string(), port: z.string() })),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.optional(z.array(z.object({ name: z.string(), mountPath: z.string() }))),
});
const labels = z.record(z.string(), z.string());
const object = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('Deployment'),
    apiVersion: z.literal('apps/v1'),
    spec: z.object({
      replicas: z.literal(1),
      strategy: z.object({ type: z.literal('Recreate') }),
      selector: z.object({ matchLabels: labels }),
      template: z.object({
        metadata: z.object({ labels, annotations: labels }),
        spec: z.object({
          automountServiceAccountToken: z.literal(false),
          terminationGracePeriodSeconds: z.number(),
          securityContext: z.object({
            runAsNonRoot: z.literal(true),
            runAsUser: z.number(),
            runAsGroup: z.number(),
            seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
          }),
          containers: z.array(container),
          volumes: z.array(z.object({ name: z.string(), persistentVolumeClaim: z.object({ claimName: z.string() }) })),
        }),
      }),
    }),
  }),
  z.object({
    kind: z.literal('ServiceAccount'),
    apiVersion: z.literal('v1'),
    automountServiceAccountToken: z.literal(false),
  }),
  z.object({
    kind: z.literal('PersistentVolumeClaim'),
    apiVersion: z.literal('v1'),
    metadata: z.object({ name: z.string() }),
    spec: z.object({ accessModes: z.array(z.string()) }),
  }),
  z.object({
    kind: z.literal('Service'),
    apiVersion: z.literal('v1'),
    spec: z.object({ selector: labels, ports: z.array(z.object({ port: z.number(), targetPort: z.string() })) }),
  }),
  z.object({
    kind: z.literal('NetworkPolicy'),
    apiVersion: z.literal('networking.k8s.io/v1'),
    spec: z.object({
      podSelector: z.object({ matchLabels: labels }),
      ingress: z.array(z.object({ ports: z.array(z.object({ port: z.string() })) })),
    }),
  }),
]);

describe('the Kubernetes manifest', () => {
  const documents = parseAllDocuments(read('kubernetes.yaml'), { uniqueKeys: true });
  const objects = documents.map((each) => {
    if (each.errors.length > 0) throw new Error(each.errors[0]?.message ?? 'wrong');
    const json: unknown = each.toJSON();
    return object.parse(json);
  });
  const find = <K extends z.infer<typeof object>['kind']>(kind: K) => {
    const found = objects.filter((each): each is Extract<z.infer<typeof object>, { kind: K }> => each.kind === kind);
    if (found[0] === undefined || found.length > 1) throw new Error(`${String(found.length)} of ${kind}`);
    return found[0];
  };
  const { spec } = find('Deployment');
  const pod = spec.template.spec;
  const [ours, proxy] = pod.containers;
  const asked = parseOptions(ours?.args ?? [], {});
  const options = asked.kind === 'start' ? asked.options : null;

  test('starts the console with options that it takes, on loopback behind the proxy in its pod', () => {
    expect(asked).toMatchObject({
      kind: 'start',
      options: { host: '127.0.0.1', access: { signIn: { kind: 'proxy' }, trustedProxies: ['127.0.0.1'] } },
    });
    expect(proxy?.args).toContain(`--upstream=http://127.0.0.1:${String(options?.port)}`);
    expect(ours?.image).toMatch(new RegExp(`:${packageJson.version}$`));
  });

  test('has an oauth2-proxy of at least 7.15.5, which nobody passes by a forged path or address', () => {
    const [, minor, patch] = /oauth2-proxy:v7\.(\d+)\.(\d+)$/.exec(proxy?.image ?? '')?.map(Number) ?? [];
    expect(100 * (minor ?? 0) + (patch ?? 0)).toBeGreaterThanOrEqual(1_505);
  });

  test('runs it as the user of its image', () => {
    const { runAsUser, runAsGroup } = pod.securityContext;
    expect(args('USER')).toEqual([`${String(runAsUser)}:${String(runAsGroup)}`]);
  });

  test('asks it whether it lives and is ready, in the container, as it listens there alone', () => {
    expect(options?.port).toBe(8600);
    expect(ours?.livenessProbe.exec?.command).toEqual(['node', 'healthcheck.mjs', '/healthz']);
    expect(ours?.readinessProbe.exec?.command).toEqual(['node', 'healthcheck.mjs', '/readyz']);
  });

  test('has its metrics scraped where they are', () => {
    const port = options?.observability.metricsPort;
    expect([
      options?.observability.metricsHost,
      ours?.ports,
      spec.template.metadata.annotations['prometheus.io/port'],
    ]).toEqual(['0.0.0.0', [{ name: 'metrics', containerPort: port }], String(port)]);
  });

  test('keeps the journal on a disk of its own, one console at a time, and lets writes finish', () => {
    const mount = ours?.volumeMounts?.find(({ mountPath }) => mountPath === options?.dataDir);
    const volume = pod.volumes.find(({ name }) => name === mount?.name);
    expect(volume?.persistentVolumeClaim.claimName).toBe(find('PersistentVolumeClaim').metadata.name);
    expect(find('PersistentVolumeClaim').spec.accessModes).toEqual(['ReadWriteOnce']);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(10);
  });

  test('selects its own pods, and lets in the proxy’s port and the metrics alone', () => {
    const own = spec.template.metadata.labels;
    expect([
      spec.selector.matchLabels,
      find('Service').spec.selector,
      find('NetworkPolicy').spec.podSelector.matchLabels,
    ]).toEqual([own, own, own]);
    const ports = new Map(
      pod.containers.flatMap((each) => each.ports.map(({ name, containerPort }) => [name, containerPort])),
    );
    expect(find('Service').spec.ports.map(({ targetPort }) => ports.get(targetPort))).toEqual([4180, 8601]);
    const open = find('NetworkPolicy').spec.ingress.flatMap((each) => each.ports.map(({ port }) => port));
    expect(new Set(open)).toEqual(new Set(ports.keys()));
  });
});
