#!/usr/bin/env bash
# Runs the conformance cases on a real Ant Ray that it starts on this machine, and stops it again.
#
#   bash src/simulator/conformance/test-ray.sh                        compares with transcripts/
#   UPDATE_TRANSCRIPTS=1 bash src/simulator/conformance/test-ray.sh   records them anew
#   bash src/simulator/conformance/test-ray.sh -t 'expired'           arguments go to vitest
#
# Needs Python 3.9 to 3.12, about 2 GiB of memory and 9 minutes; the first time it installs Ant Ray into
# .cache/. The console that the page's cases use is packed and installed with npx. Jobs only work where a node's own address is the loopback one, so it all runs in a network namespace
# of its own, which leads nowhere; where that is not allowed, the cases that need jobs are skipped.
# The last line is `N passed, N failed`.
set -euo pipefail

version=2.44.1.1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache="$root/.cache"
home="$cache/ant-ray-$version"
cd "$root"

say() { printf '%s\n' "$*" >&2; }

install_ray() {
  mkdir -p "$cache"
  local make_home=(python3 -m venv "$home")
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    say 'This Python cannot make environments by itself; getting virtualenv.'
    if python3 -m pip --version >/dev/null 2>&1; then
      python3 -m pip install --quiet --user virtualenv 2>/dev/null ||
        python3 -m pip install --quiet --user --break-system-packages virtualenv
      make_home=(python3 -m virtualenv --quiet "$home")
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && apt-get install -qq -y python3-venv >&2
    else
      say 'Please install python3-venv or python3-pip.'
      exit 1
    fi
  fi
  rm -rf "$home"
  "${make_home[@]}" >&2
  say "Installing ant-ray $version into ${home#"$root"/}"
  "$home/bin/python" -m pip install --quiet --disable-pip-version-check "ant-ray[default]==$version" >&2
  touch "$home/installed"
}

# The mark is written last: an installation that was cut short is made again.
if [ ! -e "$home/installed" ]; then install_ray; fi

# The page's cases use the packed console, which comes from a registry: before the network is left.
if [ -z "${RAY_LAB_CONSOLE:-}" ] && [ "${RAY_LAB_SUITE:-}" != src/simulator/conformance ]; then
  say 'Packing and installing the console'
  rm -rf "$cache/packed-console"
  RAY_LAB_CONSOLE=$(bash src/testing/package/install-package.sh "$cache/packed-console" | tail -n 1)
  export RAY_LAB_CONSOLE
fi

if [ -z "${RAY_LAB_JOBS:-}" ]; then
  inside='ip link set lo up && exec bash "$0" "$@"'
  for enter in 'unshare --net' 'unshare --map-root-user --net'; do
    if $enter sh -c 'ip link set lo up' 2>/dev/null; then
      RAY_LAB_JOBS=1 exec $enter sh -c "$inside" "${BASH_SOURCE[0]}" "$@"
    fi
  done
  say 'No network namespace of its own is allowed here: the cases that need jobs are skipped.'
  export RAY_LAB_JOBS=0
fi

# Each suite has a Ray of its own: the last of the recorded cases spoils the state API for good (fact 12).
if [ -z "${RAY_LAB_SUITE:-}" ]; then
  passed=0 failed=0 code=0 suite_run=''
  trap 'kill -TERM "$suite_run" 2>/dev/null; wait "$suite_run"; exit 130' INT
  trap 'kill -TERM "$suite_run" 2>/dev/null; wait "$suite_run"; exit 143' TERM
  counts=$(mktemp "${TMPDIR:-/tmp}/ray-lab-counts.XXXXXX")
  trap 'rm -f "$counts"' EXIT
  for suite in src/simulator/conformance src/testing/conformance; do
    RAY_LAB_SUITE=$suite bash "${BASH_SOURCE[0]}" "$@" >"$counts" &
    suite_run=$!
    wait "$suite_run" || code=1
    cat "$counts"
    if [[ $(tail -n 1 "$counts") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
      passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
      failed=$((failed + 1)) code=1
    fi
  done
  echo "$passed passed, $failed failed"
  exit "$code"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/ray-lab.XXXXXX")
lab=''
stop() {
  trap '' INT TERM
  if [ -n "$lab" ] && kill -0 "$lab" 2>/dev/null; then
    kill -TERM "$lab"
    wait "$lab" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
  "$home/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
answers() {
  "$home/bin/python" - "$1" <<'PYTHON' 2>/dev/null
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
opener.open(sys.argv[1], timeout=5)
PYTHON
}

export RAY_LAB_DASHBOARD_PORT RAY_LAB_CONTROL_PORT RAY_LAB_PYTHON="$home/bin/python" RAY_LAB_FOLDER="$folder"
RAY_LAB_DASHBOARD_PORT=$(free_port)
RAY_LAB_CONTROL_PORT=$(free_port)

say 'Starting Ant Ray with 9 nodes, about a minute'
"$home/bin/python" "$here/lab/lab.py" --dashboard-port "$RAY_LAB_DASHBOARD_PORT" \
  --control-port "$RAY_LAB_CONTROL_PORT" --nodes 4c8g=3,8c16g=3,my_node_type=2 >"$folder/lab.log" 2>&1 &
lab=$!

for _ in $(seq 240); do
  if ! kill -0 "$lab" 2>/dev/null; then break; fi
  if answers "http://127.0.0.1:$RAY_LAB_CONTROL_PORT/ready" &&
    answers "http://127.0.0.1:$RAY_LAB_DASHBOARD_PORT/api/version"; then
    started=1
    break
  fi
  sleep 1
done
if [ -z "${started:-}" ]; then
  say 'Ant Ray did not start:'
  tail -n 30 "$folder/lab.log" >&2
  echo '0 passed, 1 failed'
  exit 1
fi

set +e
node_modules/.bin/vitest run --config "$here/vitest.config.ts" --root "$root" \
  --reporter=default --reporter=json --outputFile.json="$folder/results.json" "$RAY_LAB_SUITE" "$@" >&2 &
tests=$!
# Waited for in the background, so that a signal is heard at once and not after the last case.
trap 'kill -TERM "$tests" 2>/dev/null; exit 130' INT
trap 'kill -TERM "$tests" 2>/dev/null; exit 143' TERM
wait "$tests"
code=$?
set -e

node - "$folder/results.json" <<'NODE'
const { existsSync, readFileSync } = require('node:fs');
const file = process.argv[2];
const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 1 };
const { numPassedTests, numFailedTests, numPendingTests = 0 } = results;
if (numPendingTests > 0) console.log(`${numPendingTests} skipped`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
NODE
exit "$code"
