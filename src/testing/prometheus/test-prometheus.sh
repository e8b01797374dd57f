#!/usr/bin/env bash
# Tests the alert rules with promtool, then the metrics, the Grafana board and the alerts on a real Prometheus that scrapes the
# console. Uses the prometheus and promtool of this machine, or else unpacks Debian's package into .cache/, without installing it.
# The last line is `N passed, N failed`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$root"
home="$root/.cache/prometheus"

say() { printf '%s\n' "$*" >&2; }

unpack() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/prometheus.XXXXXX")
  if ! (cd "$folder" && apt-get download -qq prometheus >&2); then
    # The package lists may be missing or out of date.
    apt-get update -qq >&2 && (cd "$folder" && apt-get download -qq prometheus >&2)
  fi
  rm -rf "$home"
  mkdir -p "$home"
  dpkg-deb -x "$folder"/prometheus_*.deb "$home"
  rm -rf "$folder"
  # Written last: an unpacking that was cut short is made again.
  touch "$home/unpacked"
}

if command -v prometheus >/dev/null && command -v promtool >/dev/null; then
  bin=$(dirname "$(command -v promtool)")
else
  if [ ! -e "$home/unpacked" ]; then
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
      say 'Please install prometheus, with promtool.'
      echo '0 passed, 1 failed'
      exit 1
    fi
    say "Unpacking Debian's prometheus into .cache/prometheus"
    unpack
  fi
  bin="$home/usr/bin"
fi

results=$(mktemp "${TMPDIR:-/tmp}/prometheus-results.XXXXXX")
trap 'rm -f "$results"' EXIT
set +e
PROMETHEUS_BIN="$bin" node_modules/.bin/vitest run --config src/simulator/conformance/vitest.config.ts --root "$root" \
  --reporter=default --reporter=json --outputFile.json="$results" src/testing/prometheus >&2
code=$?
set -e
node - "$results" <<'NODE'
const { readFileSync } = require('node:fs');
const { numPassedTests = 0, numFailedTests = 1 } = JSON.parse(readFileSync(process.argv[2], 'utf8') || '{}');
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
NODE
exit "$code"
