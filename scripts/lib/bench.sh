# Sourced. A gateway with an index of many titles, for measuring; everything it starts is gone when the shell ends.

. "$root/scripts/lib/build.sh"
. "$root/scripts/lib/tools.sh"

bench_processes=()
stop_bench() {
  trap - EXIT
  kill "${bench_processes[@]}" 2>/dev/null || true
  wait "${bench_processes[@]}" 2>/dev/null || true
  rm -rf "$work"
}

begin_bench() {
  build_app
  work=$(mktemp -d)
  trap stop_bench EXIT
  trap 'exit 130' INT TERM
  launcher=$app/bin/emby-gateway
  launcher_is="as built, without a cache of loaded classes"
  local package="$root/dist/emby-gateway-$version.tar.gz"
  if [ -f "$package" ] && [ "$package" -nt "$app/.built" ]; then
    tar -C "$work" -xzf "$package"
    launcher=$work/emby-gateway-$version/bin/emby-gateway
    launcher_is="as packaged"
  fi
}

# Two servers with so many films each, of which the other has half.
start_servers() { # films on each
  alpha=$(free_port)
  beta=$(free_port)
  "$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC \
    -cp "$root/emby-protocol/target/emby-protocol-$version-tests.jar:$app/lib/*" \
    org.embygateway.protocol.sim.SimulatedEmbyMain --alpha="$alpha" --beta="$beta" --movies="$1" --series=0 \
    >"$work/servers.log" 2>&1 &
  bench_processes+=($!)
  wait_for "$beta" /emby/System/Info/Public 120 $! || { tail "$work/servers.log" >&2; return 1; }
}

# launch PORT: the gateway on $work/data, as the process $gateway.
launch() {
  GATEWAY_EMBY_DISCOVERY=false GATEWAY_ADMIN_USERNAME=demo GATEWAY_ADMIN_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_0_NAME=Alpha GATEWAY_EMBY_SERVERS_0_URL="http://127.0.0.1:$alpha" \
    GATEWAY_EMBY_SERVERS_0_USERNAME=demo GATEWAY_EMBY_SERVERS_0_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_0_REQUESTS_PER_SECOND=1000 \
    GATEWAY_EMBY_SERVERS_1_NAME=Beta GATEWAY_EMBY_SERVERS_1_URL="http://127.0.0.1:$beta" \
    GATEWAY_EMBY_SERVERS_1_USERNAME=demo GATEWAY_EMBY_SERVERS_1_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_1_REQUESTS_PER_SECOND=1000 \
    "$launcher" --host 127.0.0.1 --port "$1" --data-dir "$work/data" >>"$work/gateway.log" 2>&1 &
  gateway=$!
  bench_processes+=("$gateway")
}

stop_gateway() {
  kill "$gateway"
  wait "$gateway" || true
}

sign_in() { # port: sets token and user
  local answer
  answer=$(curl -sf "http://127.0.0.1:$1/emby/Users/AuthenticateByName" -H 'Content-Type: application/json' \
    -H 'X-Emby-Client: bench' -H 'X-Emby-Client-Version: 1' -H 'X-Emby-Device-Name: bench' -H 'X-Emby-Device-Id: bench-1' \
    -d '{"Username":"demo","Pw":"demo"}')
  token=$(sed 's/.*"AccessToken":"\([^"]*\)".*/\1/' <<<"$answer")
  user=$(sed 's/.*"User":{[^}]*"Id":"\([^"]*\)".*/\1/' <<<"$answer")
}

# Waits until both servers are indexed as a whole; says how long that took and how many items there are.
wait_indexed() { # port
  local begun=$SECONDS state
  sign_in "$1"
  while :; do
    state=$(curl -sf "http://127.0.0.1:$1/admin/sync" -H "X-Emby-Token: $token")
    [ "$(grep -o '"fullyIndexed":true' <<<"$state" | wc -l)" = 2 ] && break
    [ $((SECONDS - begun)) -lt 600 ] || { echo "not indexed: $state" >&2; return 1; }
    sleep 1
  done
  echo "indexed within $((SECONDS - begun)) s, $(cpu_ms "$gateway") ms of CPU"
}

cpu_ms() { # process: user and system time
  sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" '{ print int(($12 + $13) * 1000 / hz) }'
}

median() {
  sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
