#!/usr/bin/env bash
# Called by Maven. build: dist/web, unless it is newer than all it is made of. test: unit tests, formatting, dist.
set -euo pipefail
cd "$(dirname "$0")/.."
. ../scripts/lib/node.sh
export NG_CLI_ANALYTICS=false CI=true

install() {
  local wanted installed=node_modules/.installed-lock
  wanted=$(cat package.json package-lock.json | cksum)
  [ "$(cat "$installed" 2>/dev/null)" = "$wanted" ] && return
  npm ci --no-audit --no-fund --loglevel=error
  echo "$wanted" > "$installed"
}

is_current() {
  [ -f dist/web/index.html ] || return 1
  [ -z "$(find src public tools angular.json tsconfig*.json package-lock.json -newer dist/web/index.html -print -quit)" ]
}

case "$1" in
  build)
    install
    is_current && exit 0
    rm -rf dist target/classes/web
    npm run --silent build
    npm run --silent check-dist
    # Assets keep their own times: this is when they were built.
    touch dist/web/index.html
    ;;
  test)
    install
    npm run --silent check-format
    npm run --silent test
    ;;
esac
