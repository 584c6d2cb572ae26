# Sourced. Exports JAVA_HOME of a JDK 25 or newer and checks for Maven, or says what to install.

java_is_new_enough() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
  local major
  major=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p')
  [ "${major:-0}" -ge 25 ]
}

find_java() {
  local on_path home
  on_path=$(command -v javac || true)
  for home in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${on_path:+$(dirname "$(dirname "$(readlink -f "$on_path")")")}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && java_is_new_enough "$home"; then
      export JAVA_HOME="$home"
      return 0
    fi
  done
  return 1
}

if ! find_java; then
  cat >&2 <<'TEXT'
The gateway needs a JDK 25 or newer, and none was found.
  Install one (https://adoptium.net, or: apt-get install temurin-25-jdk, brew install openjdk, sdk install java 25-tem)
  or set JAVA_HOME to one that is there.
TEXT
  exit 1
fi
export PATH="$JAVA_HOME/bin:$PATH"

if ! command -v mvn >/dev/null; then
  echo "The gateway is built with Maven 3.8.7 or newer, and none was found: https://maven.apache.org or apt-get install maven" >&2
  exit 1
fi
