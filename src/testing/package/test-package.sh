#!/usr/bin/env bash
# Packs the package, installs it with npx in an empty folder and uses it.
# The last line of output is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
passed=0
failed=0

check() {
  local name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    echo "FAILED: $name"
    cat "$work/out"
  fi
}

if bin=$(bash src/testing/package/install-package.sh "$work/package" | tail -n 1); then
  passed=1
  echo 'ok: it starts, and tells its version'
else
  echo 'FAILED: it is packed, installed with npx and starts'
  echo '0 passed, 1 failed'
  exit 1
fi
export HOME=$work/home
mkdir "$HOME"
cd "$work/package/empty" || exit 1
check 'it needs nothing that only builds or tests' \
  bash -c '! ls -d "$0"/vite "$0"/typescript "$0"/vitest "$0"/react "$0"/@mantine 2>/dev/null' "${bin%/.bin/*}"
"$bin" serve --port 0 >"$work/server" 2>/dev/null &
server=$!
for _ in $(seq 100); do grep -q 'http://' "$work/server" && break; sleep 0.1; done
address=$(grep -o 'http://[^ ]*' "$work/server" | head -n 1)
check 'it serves the page' node --input-type=module -e '
  const reply = await fetch(process.argv[1]); const page = await reply.text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
  if (!reply.ok || !(await fetch(`${process.argv[1]}${script}`)).ok) process.exit(1);' "$address"
check 'it exports the fleet' "$bin" export fleet.yaml --console "$address"
check 'which is then no drift' "$bin" diff fleet.yaml --console "$address"
check 'nothing else is written into the folder' test "$(ls -A)" = fleet.yaml
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
