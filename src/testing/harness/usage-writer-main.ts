import { setImmediate } from 'node:timers/promises';
import { openUsageFile } from '../../server/storage/usage-file.ts';
import { createSystemClock } from '../../server/system-clock.ts';
import { generateHistory, historyOver } from './generated-usage.ts';

/** Writes a generated history into a file of usage as fast as it can, from where it ended before, and prints each minute once it is written. */
const [file = ''] = process.argv.slice(2);
const opened = openUsageFile({ file, clock: createSystemClock() });
if (!opened.ok || opened.warning !== null) throw new Error(opened.ok ? (opened.warning ?? '') : opened.message);
let now = 0;
const history = historyOver(opened.store, () => now);
const last = history.lastAt() ?? 0;
for (const sample of generateHistory(1, 1_200)) {
  if (sample.at <= last) continue;
  now = sample.at;
  history.record(sample);
  process.stdout.write(`${String(sample.at)}\n`);
  await history.tidy();
  await setImmediate();
}
