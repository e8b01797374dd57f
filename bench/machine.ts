import { cpus, loadavg, release, totalmem, type as system } from 'node:os';
import { launch } from './browser-tab.ts';
import type { Results } from './measurements.ts';

/** On what it was measured. */
export async function machineOf(): Promise<Results['machine']> {
  const browser = await launch();
  const version = browser.version();
  await browser.close();
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[2] ?? 0,
    system: `${system()} ${release()}`,
    node: process.version,
    browser: `Chromium ${version}`,
  };
}
