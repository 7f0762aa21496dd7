#!/bin/sh
# Builds or tests the UI. Does nothing when nothing has changed since it last succeeded.
#   sh build-ui.sh build <output directory>
#   sh build-ui.sh test <stamp directory> [<skip: true|false>]
set -eu
cd "$(dirname "$0")"

fail() {
  echo "" >&2
  echo "The UI cannot be built: $1" >&2
  echo "$2" >&2
  echo "To build the rest without it, add -Dui.skip=true." >&2
  exit 1
}

check_node() {
  cure="Install Node.js 22 (or 20.19 or newer) from https://nodejs.org or with your package manager, so that 'node' and 'npm' are on the PATH."
  command -v node >/dev/null 2>&1 || fail "there is no Node.js on this machine." "$cure"
  command -v npm >/dev/null 2>&1 || fail "there is no npm beside Node.js." "$cure"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' ||
    fail "Node.js is $(node -v); 20.19, 22.12 or newer is needed." "$cure"
}

# Names and contents of all that goes into the result.
fingerprint() {
  { node -v
    find src public index.html package.json package-lock.json .npmrc .oxlintrc.json tsconfig.json vite.config.ts build-ui.sh \
      ../src/main/resources/openapi.yaml -type f -exec cksum {} + | LC_ALL=C sort -k 3
  } | cksum
}

install_packages() {
  wanted="$(cksum < package-lock.json) $(node -v)"
  if [ "$(cat node_modules/.installed 2>/dev/null || true)" != "$wanted" ]; then
    echo "UI: installing packages"
    npm ci --loglevel=error || fail "npm could not install the packages." "Check the network and 'npm config get registry', then try again."
    echo "$wanted" > node_modules/.installed
  fi
}

build() {
  output="$1"
  stamp="$output.stamp"
  now="$(fingerprint)"
  if [ -f "$output/index.html" ] && [ "$(cat "$stamp" 2>/dev/null || true)" = "$now" ]; then
    return
  fi
  install_packages
  echo "UI: checking and building"
  npm run --silent types:check || fail "src/api/schema.ts is older than the API description." "Run 'npm run types' in web/ui and commit the file."
  npm run --silent check
  node_modules/.bin/vite build --logLevel warn --emptyOutDir --outDir "$output"
  echo "$now" > "$stamp"
}

run_tests() {
  stamp="$1/ui-tests.stamp"
  now="$(fingerprint)"
  if [ "${2:-false}" = true ] || [ "$(cat "$stamp" 2>/dev/null || true)" = "$now" ]; then
    return
  fi
  install_packages
  npm test --silent
  mkdir -p "$1"
  echo "$now" > "$stamp"
}

check_node
case "${1:-}" in
  build) build "${2:?output directory}" ;;
  test) run_tests "${2:?stamp directory}" "${3:-false}" ;;
  *) echo "usage: sh build-ui.sh build|test <directory>" >&2; exit 2 ;;
esac
