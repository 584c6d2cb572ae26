# Sourced by scripts/demo --try, in a scratch folder. Does the journey once the library is read, and judges it.

expect() {
  if ! eval "$2"; then
    echo "Not so: $1" >&2
    for file in *.json; do echo "$file: $(head -c 600 "$file")" >&2; done
    tail -n 20 ./*.log >&2
    exit 1
  fi
  echo "✓ $1"
}

# behind NAME: a server knows that its copy was watched for a minute.
behind() {
  local end=$((SECONDS + 30))
  until curl -s "$1/__state" | grep -q 600000000; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.3
  done
}

journey() {
  . "$root/scripts/lib/journey.sh" >journey.log
}

# Titles appear within seconds; before that a search finds less.
end=$((SECONDS + 60))
until journey && [ "$(grep -o '"mediasource_[0-9]*"' playback.json | sort -u | wc -l)" -ge 2 ] || [ "$SECONDS" -ge "$end" ]; do
  sleep 0.5
done
expect "signing in gives a token" '[[ $TOKEN =~ ^[0-9a-f]{32}$ ]]'
expect "the search finds one title" 'grep -q "\"TotalRecordCount\":1[,}]" found.json'
expect "it has a version of each server" '[ "$(grep -o "\"mediasource_[0-9]*\"" playback.json | sort -u | wc -l)" -ge 2 ]'
expect "its bytes come through the gateway" 'grep -q "^206 1024 bytes" journey.log'
expect "reports are taken" '[ "$(grep -c "^Playing.* 20[04]$" journey.log)" = 3 ]'
expect "Alpha knows how far" 'behind "$ALPHA"'
expect "Beta knows how far" 'behind "$BETA"'
expect "no answer names a server" '! grep -lE "${ALPHA#http://}|${BETA#http://}" *.json'

if browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome); then
  . "$root/scripts/lib/node.sh"
  CHROMIUM=$browser GATEWAY=$GATEWAY node "$root/spa/e2e/journey.mjs"
else
  echo "No Chromium here: the web UI was not tried." >&2
fi
