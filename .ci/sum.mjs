// Adds up the results of the suites: node .ci/sum.mjs FOLDER EXIT_CODE. A suite without a result file counts as failed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, exitCode] = process.argv.slice(2);
let passed = 0;
let failed = 0;

function addCounts(file, read) {
  const path = join(folder, file);
  const counts = existsSync(path) ? read(readFileSync(path, 'utf8')) : null;
  if (counts === null) {
    console.log(`${file}: no count was left`);
    failed += 1;
    return;
  }
  console.log(`${file}: ${counts[0]} passed, ${counts[1]} failed`);
  passed += counts[0];
  failed += counts[1];
}

addCounts('vitest.json', (text) => {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(text);
  return [numPassedTests, Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0)];
});
addCounts('playwright.json', (text) => {
  const { expected, unexpected } = JSON.parse(text).stats;
  return [expected, unexpected];
});
for (const file of ['ray.txt', 'prometheus.txt', 'package.txt', 'chart.txt', 'systemd.txt'])
  addCounts(file, (text) => {
    const found = /(\d+) passed, (\d+) failed\s*$/.exec(text);
    return found === null ? null : [Number(found[1]), Number(found[2])];
  });

// The type check, lint and unused-code check are not counted as tests, but their failure fails the run.
if (exitCode !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
