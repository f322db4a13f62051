#!/usr/bin/env bash
# Brings real VS Code (the server and web workbench inside the npm package code-server) and a driver for the browser
# that shows it. Nothing is compiled. A second run does nothing.
#
#   fetch.sh PREFIX          takes about a minute and 800 MB
#
# Exit status: 0 there, 3 cannot be had on this machine, else the fetch failed; the last line on stderr says why.
set -euo pipefail
prefix=$(realpath -m "$1")
here=$(cd "$(dirname "$0")" && pwd)
node_version=24.21.0 code_server_version=4.139.1 playwright_version=1.65.1
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  *) echo "code-server is not fetched for $(uname -s) on $(uname -m)" >&2; exit 3 ;;
esac

for tool in npm flock; do
  command -v "$tool" >/dev/null || { echo "$tool is not on PATH" >&2; exit 3; }
done
mkdir -p "$prefix" && cd "$prefix"
exec 9>"$prefix/lock"
flock 9 # Two test runs may share one cache.

export npm_config_ignore_scripts=true npm_config_audit=false npm_config_fund=false npm_config_loglevel=error

unpack() { # unpack PACKAGE@VERSION FOLDER
  local tarball
  tarball=$(npm pack --silent "$1" | tail -n 1)
  rm -rf "$2" && mkdir -p "$2"
  tar xzf "$tarball" -C "$2" --strip-components=1
  rm -f "$tarball"
}

fetch_editor() {
  # This version's extension host needs a newer Node than the oldest one that builds the extension.
  unpack "node-$platform@$node_version" node
  unpack "code-server@$code_server_version" app
  local folder
  for folder in app app/lib/vscode app/lib/vscode/extensions; do
    (cd "$folder" && PATH="$prefix/node/bin:$PATH" npm ci --omit=dev --ignore-scripts --legacy-peer-deps >/dev/null)
  done
  unpack "playwright-core@$playwright_version" driver/node_modules/playwright-core
}

ready=ready-$node_version-$code_server_version-$playwright_version
if [ ! -e "$ready" ]; then
  fetch_editor >&2
  touch "$ready"
fi
cp "$here/spdlog.js" app/lib/vscode/node_modules/@vscode/spdlog/index.js
