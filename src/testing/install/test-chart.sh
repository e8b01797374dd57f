#!/usr/bin/env bash
# Tests deploy/chart with the real Helm, which Go builds once into the user's cache, and its manifests against the schemas of
# Kubernetes, which a package of PyPI brings. With --update, the expected manifests are written anew.
# The last line is `N passed, N failed`.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$root" || exit 1
helm_version=v3.20.2
validate_version=1.37.0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/virtual-cluster-console
say() { printf '%s\n' "$*" >&2; }

bin=$cache/helm-$helm_version
if [ ! -x "$bin/helm" ]; then
  if ! command -v go >/dev/null; then
    say 'Please install Go: it builds Helm.'
    echo '0 passed, 1 failed'
    exit 1
  fi
  say "Building Helm $helm_version"
  mkdir -p "$cache" && building=$(mktemp -d "$cache/helm.XXXXXX")
  GOBIN=$building GOFLAGS=-buildvcs=false go install "helm.sh/helm/v3/cmd/helm@$helm_version" >&2
  # Moved in one step, so that what is there is whole.
  mkdir -p "$bin" && mv "$building/helm" "$bin/helm"
  rmdir "$building"
fi

schemas=$cache/kubernetes-validate-$validate_version
if [ ! -e "$schemas/ready" ]; then
  python=$(command -v python3.11 || command -v python3)
  rm -rf "$schemas"
  if "$python" -m venv "$schemas" && "$schemas/bin/pip" install --quiet "kubernetes-validate==$validate_version" >&2; then
    touch "$schemas/ready"
  fi
fi

results=$(mktemp "${TMPDIR:-/tmp}/chart-results.XXXXXX")
trap 'rm -f "$results"' EXIT
HELM="$bin/helm" KUBERNETES_VALIDATE="$schemas/bin/kubernetes-validate" node_modules/.bin/vitest run \
  --config src/simulator/conformance/vitest.config.ts --root "$root" \
  --reporter=default --reporter=json --outputFile.json="$results" src/testing/install "$@" >&2
code=$?
node - "$results" <<'NODE'
const { readFileSync } = require('node:fs');
const { numPassedTests = 0, numFailedTests = 1, numFailedTestSuites = 0 } = JSON.parse(readFileSync(process.argv[2], 'utf8') || '{}');
console.log(`${numPassedTests} passed, ${Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0)} failed`);
NODE
exit "$code"
