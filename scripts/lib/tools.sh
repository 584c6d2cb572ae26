# Sourced.

# want_tools COMMAND:PACKAGE...: installs with apt what is missing, where that is possible; else says so.
want_tools() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  [ "${#missing[@]}" = 0 ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} ..." >&2
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && return
  fi
  echo "Missing: ${missing[*]}. Install with your package manager (apt-get install ${missing[*]})." >&2
  return 1
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# http_status PORT PATH: of this machine, without curl, which a fresh one may lack.
http_status() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3
    read -r -t 5 _ status _ <&3
    echo "$status"
  ) 2>/dev/null
}

# wait_for PORT PATH SECONDS PID: until it answers 200; fails when the process ends or the time is over.
wait_for() {
  local end=$((SECONDS + $3))
  until [ "$(http_status "$1" "$2")" = 200 ]; do
    kill -0 "$4" 2>/dev/null || return 1
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.2
  done
}
