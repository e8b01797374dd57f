# Runs inside the container that test-systemd.sh boots: installs the unit as docs/operation.md says, and looks at what it does.
name=virtual-cluster-console

check() {
  local what=$1
  shift
  if "$@" >/shared/out 2>&1; then echo "ok: $what"; else
    echo "FAILED: $what"
    tail -n 20 /shared/out
    journalctl --no-pager --lines 20 --unit "$name"
  fi
}
eventually() {
  local end=$((SECONDS + 20))
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}
property() { systemctl show --value --property "$1" "$name"; }
has() { [ "$(property "$1")" = "$2" ]; }
serves() { curl --silent --fail "http://127.0.0.1:$1" >/dev/null; }

useradd --system --no-create-home $name
cp /shared/deploy/$name.service /etc/systemd/system/
check 'it is enabled and started' systemctl enable --now $name
check 'it serves' eventually serves 8600/healthz
check 'and its metrics' serves 8601/metrics
check 'as its own user' has User $name
check 'its log has the link by which one signs in' eventually bash -c "journalctl --unit $name | grep -q 'http://127.0.0.1:8600/sign-in#'"
check 'its state is its own' bash -c "[ \"\$(stat --format '%U %a' /var/lib/$name)\" = '$name 700' ] && ls /var/lib/$name/*.sqlite"
check 'another link is made beside it' runuser -u $name -- /usr/bin/node /opt/$name/dist/server/main.js sign-in-link \
  --ray-address http://127.0.0.1:8265 --data-dir /var/lib/$name
check 'a reload leaves it running' systemctl reload $name
check 'it still serves' serves 8600/healthz
killed() { systemctl kill --signal KILL $name && eventually has NRestarts 1 && eventually serves 8600/healthz; }
check 'a killed one is started again, on the same journal' killed
stopped() { systemctl stop $name && has Result success && has ActiveState inactive; }
check 'it stops when asked' stopped
echo end
