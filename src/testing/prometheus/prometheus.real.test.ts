import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createConsoleBackend } from '../../server/console-backend.ts';
import { listen } from '../../server/http/listen.ts';
import { observeOneRay } from '../harness/observe-one-ray.ts';
import { createSystemClock } from '../../server/system-clock.ts';
import { startPrometheus, until, type PrometheusProcess } from './prometheus-process.ts';

const bin = process.env['PROMETHEUS_BIN'] ?? '';
const deploy = join(import.meta.dirname, '..', '..', '..', 'deploy');
const ruleFile = join(deploy, 'prometheus', 'alerts.yaml');
const run = promisify(execFile);

const ruleGroups = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const board = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});

/** The board's expressions, each with its panel's title, as Grafana sends them when everything is chosen. */
function boardExpressions(): readonly (readonly [string, string])[] {
  const { panels } = board.parse(JSON.parse(readFileSync(join(deploy, 'grafana', 'virtual-clusters.json'), 'utf8')));
  const asked = (expression: string) =>
    expression
      .replaceAll(/\$(ray|virtual_cluster|template)\b/g, '.*')
      // A console that has run for seconds has no sample on a five-minute grid.
      .replaceAll('[$__range:5m]', '[1m:1s]');
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, asked(expr)] as const));
}

const alerts = ruleGroups.parse(parse(readFileSync(ruleFile, 'utf8'))).groups.flatMap((group) => group.rules);

/** Of the simulator's starting fleet: a dead node waits, as no node of its template is free. */
const pendingAtStart: ReadonlySet<string> = new Set(['VirtualClusterFreePoolEmpty', 'VirtualClusterDeadNodes']);

describe.skipIf(bin === '')('on a real Prometheus, started by test-prometheus.sh', () => {
  test('the alert rules are valid, and each passes its tests', async () => {
    const promtool = join(bin, 'promtool');
    await run(promtool, ['check', 'rules', ruleFile]);
    const { stdout } = await run(promtool, ['test', 'rules', join(deploy, 'prometheus', 'alerts.test.yaml')]);
    expect(stdout).toContain('SUCCESS');
    const tested = readFileSync(join(deploy, 'prometheus', 'alerts.test.yaml'), 'utf8');
    for (const { alert } of alerts) expect(tested, alert).toContain(`alertname: ${alert}`);
  });

  describe('that scrapes the console', () => {
    const clock = createSystemClock();
    const observability = observeOneRay({
      level: 'silent',
      clock,
      consoleVersion: '0',
      store: createInMemoryChangeLog({ clock, days: 1, most: 10 }),
      write: () => undefined,
    });
    const backend = createConsoleBackend(
      {
        rayAddress: null,
        rayDashboardUrl: null,
        readOnly: false,
        allowedHosts: [],
        basePath: '/',
        seed: 1,
        scenario: null,
      },
      { store: observability.store, clock, files: null, consoleVersion: '0', observe: observability },
    );
    const server = observability.metricsServer(backend.fleet);
    let prometheus: PrometheusProcess | null = null;
    const running = () => {
      if (prometheus === null) throw new Error('Prometheus does not run');
      return prometheus;
    };

    beforeAll(async () => {
      await backend.fetch(new Request('http://127.0.0.1/api/fleet'), { address: '127.0.0.1', secure: false });
      const listening = await listen(server, 0, '127.0.0.1');
      if (!listening.ok) throw new Error(listening.message);
      prometheus = await startPrometheus({ bin, metricsPort: listening.port, ruleFile });
      // An increase needs two samples.
      await until(
        'the console was scraped twice',
        async () => ((await running().query('count_over_time(up[1m])'))[0]?.value ?? 0) >= 3,
      );
    });
    afterAll(async () => {
      await prometheus?.stop();
      server.close();
      server.closeAllConnections();
      await backend.close();
      observability.close();
    });

    test('it has what the fleet shows: each virtual cluster with what it holds', async () => {
      const held = await running().query('virtual_cluster_nodes_held');
      const shown = [...(backend.fleet()?.clusters.values() ?? [])].flatMap(({ id, templates }) =>
        templates.map(({ templateId, count }) => `${id} ${templateId} ${String(count)}`),
      );
      const scraped = held.map(
        ({ labels, value }) => `${labels['virtual_cluster'] ?? ''} ${labels['template'] ?? ''} ${String(value)}`,
      );
      expect(shown.length).toBeGreaterThan(5);
      expect(scraped.toSorted()).toEqual(shown.toSorted());
    });

    test('what is held is used, reserved, idle or dead', async () => {
      const rest =
        'virtual_cluster_nodes_held - virtual_cluster_nodes_used - virtual_cluster_nodes_reserved - virtual_cluster_nodes_idle - virtual_cluster_nodes_dead';
      const differences = await running().query(rest);
      expect(differences.length).toBeGreaterThan(5);
      expect(differences.filter(({ value }) => value !== 0)).toEqual([]);
    });

    test.each(boardExpressions())('the board’s panel “%s” has something to show: %s', async (_, expression) => {
      expect((await running().query(expression)).length).toBeGreaterThan(0);
    });

    test.each(alerts)(
      'the alert $alert can be evaluated, and is pending only if it should',
      async ({ alert, expr }) => {
        await until('it is evaluated', async () => (await running().ruleHealth())[alert] === 'ok');
        expect((await running().query(expr)).length > 0).toBe(pendingAtStart.has(alert));
      },
    );
  });
});
