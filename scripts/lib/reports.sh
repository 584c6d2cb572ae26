# Sourced. What Surefire has written.

# A number of the <testsuite> element, summed over the reports of a module.
sum_of() {
  cat "$1"/target/surefire-reports/TEST-*.xml 2>/dev/null |
    sed -n "s/.*<testsuite .* $2=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# One line per module; fails when a module that has tests ran none, or contract tests could not find what they compare
# with although it is there.
report_tests() {
  local module tests good=0
  for module in */; do
    module=${module%/}
    [ -d "$module/src/test/java" ] || continue
    tests=$(sum_of "$module" tests)
    printf '  %-15s tests %5d · failures %d · errors %d · skipped %d\n' "$module" "$tests" \
      "$(sum_of "$module" failures)" "$(sum_of "$module" errors)" "$(sum_of "$module" skipped)"
    if [ "$tests" = 0 ]; then
      echo "  $module ran no test." >&2
      good=1
    fi
  done
  if [ -f ../shared/emby-openapi.json ] && grep -lq '<skipped[^>]*emby-openapi' */target/surefire-reports/TEST-*.xml 2>/dev/null; then
    echo "  Tests that need ../shared/emby-openapi.json were skipped although it is there." >&2
    good=1
  fi
  return "$good"
}
