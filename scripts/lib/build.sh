# Sourced. Builds the gateway into proxy-server/target/app: bin/ and lib/ as they are shipped.

. "$root/scripts/lib/java.sh"

app="$root/proxy-server/target/app"
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml" | head -1)

app_is_current() {
  [ -f "$app/.built" ] || return 1
  local inputs=("$root"/pom.xml "$root"/*/pom.xml "$root"/*/src "$root"/spa/{public,package-lock.json,angular.json} "$root/scripts/lib/emby-gateway")
  [ -z "$(find "${inputs[@]}" -newer "$app/.built" -type f -print -quit)" ]
}

build_app() {
  app_is_current && return
  echo "Building the gateway (the first time takes some minutes) ..." >&2
  begin_app
  if ! (cd "$root" && mvn -q -B -ntp -Dfast=true -DskipTests -Dspa.skip.tests=true package) >"$root/target/build.log" 2>&1; then
    grep -v '^WARNING' "$root/target/build.log" | tail -40 >&2
    echo "The build failed; the whole of it is in target/build.log." >&2
    return 1
  fi
  finish_app
}

# Before and after Maven packages: what changes in between makes the next build build again.
begin_app() {
  rm -rf "$app"
  mkdir -p "$root/target"
  touch "$root/target/.began"
}

finish_app() {
  mkdir -p "$app/bin"
  cp -p "$root/proxy-server/target/proxy-server-$version.jar" "$app/lib/"
  install -m 755 "$root/scripts/lib/emby-gateway" "$app/bin/emby-gateway"
  mv "$root/target/.began" "$app/.built"
}
