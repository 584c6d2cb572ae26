# Sourced by scripts/demo --try after try.sh. A gateway without data, configuration and users, which the browser sets up.

"$app/bin/emby-gateway" --port "$(free_port)" --data-dir "$demo_data/first" >first.log 2>&1 &
first=$!
demo_pids+=("$first")

# printed PATTERN: what the gateway has printed in its place, within three minutes.
printed() {
  local end=$((SECONDS + 180)) text
  until text=$(sed -n "s|.*$1.*|\1|p" first.log 2>/dev/null) && [ -n "$text" ]; do
    [ "$SECONDS" -lt "$end" ] && kill -0 "$first" 2>/dev/null || return 1
    sleep 0.2
  done
  echo "$text"
}

FIRST=$(printed 'listens on \(http://[^ ]*\)' || true)
CODE=$(printed 'set-up code \([A-Z0-9-]*\)' || true)
expect "a first start prints its address" '[ -n "$FIRST" ]'
expect "and a code for the set-up" '[ -n "$CODE" ]'
[ -z "$browser" ] || CHROMIUM=$browser GATEWAY=$FIRST CODE=$CODE SERVER=$ALPHA node "$root/spa/e2e/set-up.mjs"
kill "$first"
expect "told to stop, it ends with 0" 'wait "$first"'
