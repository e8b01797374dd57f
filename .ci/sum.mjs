// Adds up the results of the suites and names what failed: node .ci/sum.mjs FOLDER EXIT_CODE. A suite without a result file
// counts as failed. Names stand at the end of the output, since a merge gate shows the last lines of a long one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const [folder, exitCode] = process.argv.slice(2);
const failures = [];
let passed = 0;
let failed = 0;

/** `read`: the text of a result file → passed, failed and the failed tests' names with their errors; null: no count in it. */
function addCounts(file, read) {
  const path = join(folder, file);
  const counts = existsSync(path) ? read(readFileSync(path, 'utf8')) : null;
  if (counts === null) {
    console.log(`${file}: no count was left`);
    failed += 1;
    return;
  }
  console.log(`${file}: ${counts.passed} passed, ${counts.failed} failed`);
  passed += counts.passed;
  failed += counts.failed;
  failures.push(...counts.failures);
}

addCounts('vitest.json', (text) => {
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(text);
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((each) => each.status === 'failed');
    // A file that could not be loaded has no tests.
    if (status === 'failed' && tests.length === 0) return [describeFailure(name, message)];
    return tests.map((each) => describeFailure(`${name} › ${each.fullName}`, each.failureMessages.join('\n')));
  });
  return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0), failures };
});

addCounts('playwright.json', (text) => {
  const { stats, suites } = JSON.parse(text);
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
  const failures = suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ results }) => describeFailure(`${file} › ${title}`, results.at(-1)?.error?.message ?? '')),
    );
  return { passed: stats.expected, failed: stats.unexpected, failures };
});

for (const file of ['ray.txt', 'prometheus.txt', 'package.txt', 'chart.txt'])
  addCounts(file, (text) => {
    const found = /(\d+) passed, (\d+) failed\s*$/.exec(text);
    if (found === null) return null;
    const failures = text
      .split('\n')
      .filter((line) => /^\s*(?:✗|×|not ok:|FAILED:|FAIL )/u.test(stripVTControlCharacters(line)));
    return {
      passed: Number(found[1]),
      failed: Number(found[2]),
      failures: failures.map((line) => stripVTControlCharacters(line)),
    };
  });

/** The name, and the first lines of the error. */
function describeFailure(name, error) {
  const lines = stripVTControlCharacters(error).split('\n').slice(0, 12);
  return [name, ...lines.map((line) => `    ${line}`)].join('\n');
}

if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}\n`);
// The type check, lint and unused-code check are not counted as tests, but their failure fails the run.
if (exitCode !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
