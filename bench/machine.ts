import { cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { launch } from './browser-tab.ts';
import type { Results } from './measurements.ts';

/** The machine that runs the benchmark. */
export async function machineOf(): Promise<Results['machine']> {
  const browser = await launch();
  const version = browser.version();
  await browser.close();
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[2] ?? 0,
    system: `${system()} ${release()}`,
    node: process.version,
    browser: `Chromium ${version}`,
  };
}
