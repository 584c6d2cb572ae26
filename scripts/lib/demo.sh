# Sourced. Simulated servers with the gateway in front, all gone when the shell ends.

. "$root/scripts/lib/build.sh"
. "$root/scripts/lib/tools.sh"

stop_demo() {
  trap - EXIT
  kill "${demo_pids[@]}" 2>/dev/null || true
  wait "${demo_pids[@]}" 2>/dev/null || true
  rm -rf "$demo_data"
}

demo_failed() {
  echo "$1 did not start:" >&2
  tail -20 "$2" >&2
  exit 1
}

# start_demo PORT: sets GATEWAY, ALPHA and BETA to addresses; the user demo with the password demo is an administrator.
start_demo() {
  local alpha beta
  films="${XDG_CACHE_HOME:-$HOME/.cache}/emby-gateway/films"
  build_app
  want_tools ffmpeg:ffmpeg || echo "Without ffmpeg the titles are there, but none of them plays." >&2
  demo_data=$(mktemp -d)
  demo_pids=()
  trap stop_demo EXIT
  trap 'exit 130' INT TERM
  alpha=$(free_port)
  beta=$(free_port)
  GATEWAY=http://127.0.0.1:$1 ALPHA=http://127.0.0.1:$alpha BETA=http://127.0.0.1:$beta

  "$JAVA_HOME/bin/java" -Xmx256m -cp "$root/emby-protocol/target/emby-protocol-$version-tests.jar:$app/lib/*" \
    org.embygateway.protocol.sim.SimulatedEmbyMain --alpha="$alpha" --beta="$beta" --clips="$films" \
    >"$demo_data/servers.log" 2>&1 &
  demo_pids+=($!)
  echo "Starting two simulated servers (the first time their films are made) ..." >&2
  wait_for "$beta" /emby/System/Info/Public 600 $! || demo_failed "The simulated servers" "$demo_data/servers.log"

  GATEWAY_EMBY_DISCOVERY=false GATEWAY_SERVER_NAME="Demo gateway" \
    GATEWAY_ADMIN_USERNAME=demo GATEWAY_ADMIN_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_0_NAME=Alpha GATEWAY_EMBY_SERVERS_0_URL="$ALPHA" \
    GATEWAY_EMBY_SERVERS_0_USERNAME=demo GATEWAY_EMBY_SERVERS_0_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_1_NAME=Beta GATEWAY_EMBY_SERVERS_1_URL="$BETA" \
    GATEWAY_EMBY_SERVERS_1_USERNAME=demo GATEWAY_EMBY_SERVERS_1_PASSWORD=demo \
    "$app/bin/emby-gateway" --port "$1" --data-dir "$demo_data/gateway" >"$demo_data/gateway.log" 2>&1 &
  demo_pids+=($!)
  wait_for "$1" /emby/System/Info/Public 120 $! || demo_failed "The gateway" "$demo_data/gateway.log"
}
