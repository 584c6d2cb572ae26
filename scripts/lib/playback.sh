# Sourced by scripts/demo --try after first-start.sh. Two servers in processes of their own, so that the browser's one can be
# killed, over lines so slow that the browser does not have the whole film before that.

# server NAME PORT: starts the server of that name and sets SERVER_PID.
server() {
  "$JAVA_HOME/bin/java" -Xmx128m -cp "$root/emby-protocol/target/emby-protocol-$version-tests.jar:$app/lib/*" \
    org.embygateway.protocol.sim.SimulatedEmbyMain --only="$1" "--$1=$2" --clips="$films" --bytes-per-second=60000 \
    >"server-$1.log" 2>&1 &
  SERVER_PID=$!
  demo_pids+=("$SERVER_PID")
  disown "$SERVER_PID" # so that nothing is said when it is killed
  wait_for "$2" /emby/System/Info/Public 120 "$SERVER_PID" || demo_failed "The server $1" "server-$1.log"
}

# Each with a port of its own, whatever the others have.
playback() {
  local alpha beta port gateway
  alpha=$(free_port)
  server alpha "$alpha"
  local alpha_pid=$SERVER_PID
  beta=$(free_port)
  server beta "$beta"
  local beta_pid=$SERVER_PID
  port=$(free_port)
  GATEWAY_EMBY_DISCOVERY=false GATEWAY_ADMIN_USERNAME=demo GATEWAY_ADMIN_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_0_NAME=Alpha GATEWAY_EMBY_SERVERS_0_URL="http://127.0.0.1:$alpha" \
    GATEWAY_EMBY_SERVERS_0_USERNAME=demo GATEWAY_EMBY_SERVERS_0_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_1_NAME=Beta GATEWAY_EMBY_SERVERS_1_URL="http://127.0.0.1:$beta" \
    GATEWAY_EMBY_SERVERS_1_USERNAME=demo GATEWAY_EMBY_SERVERS_1_PASSWORD=demo \
    "$app/bin/emby-gateway" --port "$port" --data-dir "$demo_data/playback" >playback.log 2>&1 &
  gateway=$!
  demo_pids+=("$gateway")
  wait_for "$port" /ready 120 "$gateway" || demo_failed "The gateway" playback.log
  CHROMIUM=$browser GATEWAY=http://127.0.0.1:$port ALPHA=http://127.0.0.1:$alpha BETA=http://127.0.0.1:$beta \
    ALPHA_PID=$alpha_pid BETA_PID=$beta_pid FILM=$(echo "$films"/sherlock-jr*dubbed*/clip.mp4) \
    node "$root/spa/e2e/playback.mjs" || { tail -20 playback.log >&2; return 1; }
  kill "$gateway"
}

[ -z "$browser" ] || [ ! -d "$films" ] || playback
