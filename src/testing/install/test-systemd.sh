#!/usr/bin/env bash
# Starts deploy/virtual-cluster-console.service by a real systemd: this machine's own, booted in a container over its files, which stay
# as they are. Needs root, and Debian's systemd-container or apt-get to install it; elsewhere it only has systemd look at the unit.
# The last line of output is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1
source src/testing/install/checks.sh
unit=deploy/virtual-cluster-console.service

command -v systemd-analyze >/dev/null || skip 'systemd is not here'
sed "s#/opt/virtual-cluster-console#$PWD#; s#/usr/bin/node#$(command -v node)#" "$unit" >"$work/${unit##*/}"
check 'systemd finds nothing wrong with it' bash -c '! systemd-analyze verify --man=no "$1" 2>&1 | grep -F "${1##*/}"' - "$work/${unit##*/}"
check 'and little that it could do to the machine' systemd-analyze security --offline=true --threshold=20 "$unit"

[ "$(id -u)" = 0 ] || skip 'booting a container needs root'
[ -x /usr/lib/systemd/systemd ] || skip 'this machine has no systemd to boot'
[ -e dist/server/main.js ] || node scripts/build.mjs
packages systemd-nspawn systemd-container

mkdir -p "$work"/{shared,root,memory}
trap 'umount "$work/root" "$work/memory" 2>/dev/null; rm -rf "$work"' EXIT
mount -t tmpfs tmpfs "$work/memory" && mkdir "$work"/memory/{upper,work} &&
  mount -t overlay overlay -o "lowerdir=/,upperdir=$work/memory/upper,workdir=$work/memory/work" "$work/root" ||
  skip 'this machine mounts no overlay'
cp src/testing/install/in-systemd.sh "$work/shared/"
cat >"$work/check.service" <<'UNIT'
[Unit]
Description=Checks of the console's unit
Requires=basic.target
After=basic.target
[Service]
Type=oneshot
ExecStart=/bin/bash /shared/in-systemd.sh
ExecStopPost=/bin/systemctl exit --force
StandardOutput=file:/shared/result
StandardError=file:/shared/error
UNIT
timeout --kill-after=5 120 systemd-nspawn --directory="$work/root" --register=no --keep-unit --private-network --console=pipe \
  --bind="$work/shared:/shared" --bind-ro="$PWD/deploy:/shared/deploy" --bind-ro="$work/check.service:/etc/systemd/system/check.service" \
  --bind-ro="$PWD/dist:/opt/virtual-cluster-console/dist" --bind-ro="$PWD/node_modules:/opt/virtual-cluster-console/node_modules" \
  --bind-ro="$PWD/package.json:/opt/virtual-cluster-console/package.json" --boot systemd.unit=check.service </dev/null >"$work/boot" 2>&1
if [ ! -s "$work/shared/result" ] && ! grep -q 'Welcome to' "$work/boot"; then
  tail -n 5 "$work/boot"
  skip 'this machine boots no systemd in a container'
fi
cat "$work/shared/result"
passed=$((passed + $(grep -c '^ok: ' "$work/shared/result")))
failed=$((failed + $(grep -c '^FAILED: ' "$work/shared/result")))
if ! grep -q '^end$' "$work/shared/result"; then
  failed=$((failed + 1))
  echo 'FAILED: the checks came to their end'
  tail -n 40 "$work/boot" "$work/shared/error"
fi
totals
