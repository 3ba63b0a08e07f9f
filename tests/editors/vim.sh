#!/usr/bin/env bash
# Tests Vim with ALE, without a screen, on a copy of the example. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v vim >/dev/null && vim --version | grep -q '+job' || { echo 'Vim with jobs is not installed'; exit 77; }
[ -f /usr/share/vim-ale/plugin/ale.vim ] || { echo 'ALE is not installed: the package vim-ale'; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/alignment "$work/alignment"
status=0
HOME=$work timeout 120 vim -es -N -u tests/editors/vim.vim -- \
    "$work/alignment" "$(realpath "${IBID_BIN:-target/release/ibid}")" "$work/tap" </dev/null >"$work/log" 2>&1 || status=$?
cat "$work/tap"
[ "$status" -eq 0 ] || { cat "$work/log"; exit 1; }
