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

nginx_proxy() { # port, port of the origin: with large buffers
  nginx_conf proxy "upstream o { server 127.0.0.1:$2; keepalive 64; keepalive_requests 1000000; }
    server { listen 127.0.0.1:$1; location / { proxy_pass http://o; proxy_http_version 1.1;
    proxy_set_header Connection ''; proxy_buffer_size 64k; proxy_buffers 16 512k; proxy_busy_buffers_size 1m;
    proxy_max_temp_file_size 0; } }"
}

edge() { # port, port of the origin, mode: the gateway's edge alone, as shipped
  # shellcheck disable=SC2086 # several words
  "$JAVA_HOME/bin/java" $as_shipped -Dlogback.configurationFile="$work/logback.xml" -cp "$classpath" \
    org.embygateway.edge.RelayBench "$1" "http://127.0.0.1:$2" "$3" >"$work/logs/gateway-$3" 2>&1 &
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
