# For the scripts beside this file: counts checks, and installs Debian's packages where the commands are missing.
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

check() {
  local name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    echo "FAILED: $name"
    tail -n 40 "$work/out"
  fi
}

totals() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
  exit
}

# Says what this machine does not allow, and ends without a failure.
skip() {
  echo "skipped: $1"
  totals
}

# Tries a command for up to 30 s.
eventually() {
  local end=$((SECONDS + 30))
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}

# Debian's packages, the first of which brings a command of its name.
packages() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || skip "$1 is not here, and there is no apt-get to install it"
  apt-get install -y -qq --no-install-recommends "$@" >&2 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >&2 ||
    skip "$1 could not be installed"
}
