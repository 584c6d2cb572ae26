# Sourced. What proxies are compared with each other by: an nginx with files, an nginx in front of it, and what they cost.

work=$(mktemp -d)
chmod 755 "$work" # nginx as root serves files as somebody else
mkdir -p "$work/files" "$work/logs"
processes=()
finish() {
  for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

build_benchmarks() { # sets classpath
  echo "building"
  mvn -q -B -Dfast=true -Dspa.skip=true -pl proxy-server -am test-compile \
    dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test >"$work/build.log" 2>&1 ||
    { cat "$work/build.log"; exit 1; }
  classpath=proxy-server/target/test-classes:proxy-server/target/classes:$(cat "$work/classpath")
  echo '<configuration><root level="WARN"/></configuration>' >"$work/logback.xml"
}

nginx_conf() { # name, server block
  cat >"$work/$1.conf" <<CONF
worker_processes 2;
pid $work/$1.pid;
error_log $work/logs/$1.log warn;
daemon off;
master_process on;
events { worker_connections 8192; }
http {
  access_log off;
  sendfile on;
  tcp_nodelay on;
  keepalive_requests 1000000;
  client_body_temp_path $work/$1-body; proxy_temp_path $work/$1-proxy; fastcgi_temp_path $work/$1-f;
  uwsgi_temp_path $work/$1-u; scgi_temp_path $work/$1-s;
  $2
}
CONF
  nginx -e "$work/logs/$1.log" -c "$work/$1.conf" &
  processes+=($!)
}

nginx_proxy() { # port, port of the origin, more of its server if anything: with large buffers
  nginx_conf proxy "upstream o { server 127.0.0.1:$2; keepalive 64; keepalive_requests 1000000; }
    server { listen 127.0.0.1:$1; ${3:-} location / { proxy_pass http://o; proxy_http_version 1.1;
    proxy_set_header Connection ''; proxy_buffer_size 64k; proxy_buffers 16 512k; proxy_busy_buffers_size 1m;
    proxy_max_temp_file_size 0; } }"
}

edge() { # port, port of the origin, mode, what that needs: the gateway's edge alone, as shipped
  # shellcheck disable=SC2086 # several words
  "$JAVA_HOME/bin/java" $as_shipped -Dlogback.configurationFile="$work/logback.xml" -cp "$classpath" \
    org.embygateway.edge.RelayBench "$1" "http://127.0.0.1:$2" "${@:3}" >"$work/logs/gateway-$3" 2>&1 &
  processes+=($!)
}
as_shipped="--enable-native-access=ALL-UNNAMED -Xms32m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders"

of_process() { # the process and its children
  echo "$1" $(cat "/proc/$1/task/$1/children")
}

ticks() { # process: its utime+stime and that of its children, in clock ticks
  local all=0 process
  for process in $(of_process "$1"); do
    all=$((all + $(sed 's/.*) //' "/proc/$process/stat" | awk '{print $12 + $13}')))
  done
  echo "$all"
}

median_of() { # file, name, column
  awk -v name="$2" -v column="$3" '$1 == name { print $column }' "$1" | median
}

ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

# The whole gateway before a simulated Emby server, whose streams an nginx gives: the server itself would be slower than what
# is measured. Sets whole_pid, whole_port, and whole_url, one version of one film as a client asks for it.
whole_gateway() { # file of the streams, options for Java
  local emby_port front_port
  emby_port=$(free_port) front_port=$(free_port) whole_port=$(free_port)
  "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -cp "$classpath" org.embygateway.protocol.sim.SimulatedEmbyMain \
    --alpha="$emby_port" --beta="$(free_port)" --movies=20 --series=0 >"$work/logs/emby" 2>&1 &
  processes+=($!)
  wait_for "$emby_port" /emby/System/Info/Public 60 $! || { cat "$work/logs/emby"; exit 1; }
  nginx_conf front "server { listen 127.0.0.1:$front_port; root $work/files; sendfile_max_chunk 2m;
    location ~* /videos/[^/]+/stream { rewrite ^ /$1 break; }
    location / { proxy_pass http://127.0.0.1:$emby_port; proxy_set_header Host \$http_host; } }"
  # shellcheck disable=SC2086 # several words
  GATEWAY_EMBY_DISCOVERY=false GATEWAY_ADMIN_USERNAME=demo GATEWAY_ADMIN_PASSWORD=demo \
    GATEWAY_EMBY_SERVERS_0_NAME=Alpha GATEWAY_EMBY_SERVERS_0_URL="http://127.0.0.1:$front_port" \
    GATEWAY_EMBY_SERVERS_0_USERNAME=demo GATEWAY_EMBY_SERVERS_0_PASSWORD=demo \
    "$JAVA_HOME/bin/java" $2 -cp "$classpath" org.embygateway.app.Main \
    --host 127.0.0.1 --port "$whole_port" --data-dir "$work/data" >"$work/logs/whole" 2>&1 &
  whole_pid=$!
  processes+=("$whole_pid")
  wait_for "$whole_port" /ready 60 "$whole_pid" || { cat "$work/logs/whole"; exit 1; }
  for _ in $(seq 30); do
    whole_url=$(stream_url 2>/dev/null) && break
    sleep 1
  done
}

stream_url() {
  sign_in "$whole_port"
  curl -sf "http://127.0.0.1:$whole_port/emby/Users/$user/Items?Recursive=true&IncludeItemTypes=Movie&Limit=1" \
    -H "X-Emby-Token: $token" --url-query Fields=MediaSources | python3 -c '
import json, sys
film = json.load(sys.stdin)["Items"][0]
print("/emby/Videos/%s/stream.mkv?Static=true&DeviceId=bench-1&MediaSourceId=%s&api_key=%s"
      % (film["Id"], film["MediaSources"][0]["Id"], sys.argv[1]))' "$token"
}
