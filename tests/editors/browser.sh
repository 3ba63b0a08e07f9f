#!/usr/bin/env bash
# Opens the links that `ibid cite` writes in a real Chromium, on the saved pages of the example. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/editors/bring.sh

need_browser
set -e

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/saved-pages/sources "$work/sources"
export HOME=$work/home
node tests/editors/browser.mjs "$tools" "$chromium" "$(realpath "${IBID_BIN:-target/release/ibid}")" "$work"
