#!/usr/bin/env bash
# Packs the package and installs it with npx in an empty folder, as somebody does who has nothing but the tarball:
# bash src/testing/package/install-package.sh FOLDER. The folder must be new; the last line of output is the command's path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
mkdir -p "$1/empty"
work=$(cd "$1" && pwd)
# What packing would build is built already, where nothing has changed since.
node scripts/build.mjs --if-changed >&2
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
tarball=$(echo "$work"/*.tgz)
cd "$work/empty"
# A cache of its own: nothing of the repository's installation helps.
npm_config_cache=$work/cache HOME=$work npx --yes --package "$tarball" virtual-cluster-console --version >&2
echo "$work"/cache/_npx/*/node_modules/.bin/virtual-cluster-console
