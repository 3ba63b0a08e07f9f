#!/usr/bin/env bash
# Tests Kakoune with kak-lsp, without a screen, on a copy of the example. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v kak >/dev/null || { echo 'Kakoune is not installed'; exit 77; }
command -v kak-lsp >/dev/null || { echo 'kak-lsp is not installed: cargo install kak-lsp'; exit 77; }
set -e

work=$(mktemp -d)
session=ibid-$$
editor=
cleanup() {
    tell 'kill!' 2>/dev/null || true
    [ -z "$editor" ] || wait "$editor" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
cp -r examples/alignment "$work/alignment"
mkdir -p "$work/config/kak" "$work/runtime"
cp tests/editors/kakoune.kak "$work/config/kak/kakrc"
chmod 700 "$work/runtime"
export XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work/runtime XDG_CACHE_HOME=$work/cache HOME=$work
export IBID_BIN
IBID_BIN=$(realpath "${IBID_BIN:-target/release/ibid}")

# tell COMMANDS: runs commands in the editor.
tell() { printf 'evaluate-commands -client client0 %%^%s^\n' "$1" | kak -p "$session"; }
# ask WHAT: waits for the editor and prints the expansion of WHAT.
ask() {
    rm -f "$work/answer"
    tell "evaluate-commands %sh{ printf %s \"\$kak_$1\" > '$work/draft'; mv '$work/draft' '$work/answer' }"
    for _ in $(seq 100); do [ -e "$work/answer" ] && break; sleep 0.05; done
    cat "$work/answer" 2>/dev/null || true
}
# eventually PATTERN COMMAND…: repeats a command until its output matches.
eventually() {
    local pattern=$1 found=; shift
    for _ in $(seq 150); do
        found=$("$@")
        case $found in $pattern) return ;; esac
        sleep 0.2
    done
    printf '# never %s, but: %s\n' "$pattern" "$found"
    return 1
}
# go_to WORDS: selects the words. The cursor is then on the last letter.
go_to() { tell "edit '$work/alignment/notes/schemers.md'; execute-keys 'gg/\\Q$1\\E<ret>'"; }

cases=0 failures=0
case_of() {
    local name=$1; shift
    cases=$((cases + 1))
    if "$@"; then echo "ok $cases - $name"; else echo "not ok $cases - $name"; failures=$((failures + 1)); fi
}

findings() { eventually '[1-9]*' ask opt_lsp_diagnostic_warning_count && eventually 1 ask opt_lsp_diagnostic_error_count; }
senses() {
    go_to 'arguments about schemers'
    tell lsp-hover-buffer
    eventually '*Carlsmith*' hovered
}
hovered() {
    tell "try %{ evaluate-commands -buffer *hover* %{ write -force '$work/hover' } }"
    cat "$work/hover" 2>/dev/null || true
}
passage() {
    go_to 'clarity is always'
    tell lsp-definition
    eventually '*/sources/003_8279fd142acaf4fa.txt' ask buffile && eventually '*clarity is often*' ask selection
}

kak -ui dummy -s "$session" "$work/alignment/notes/schemers.md" >"$work/log" 2>&1 &
editor=$!
case_of 'findings are counted' findings
case_of 'hover shows the senses of a term' senses
case_of 'it jumps from a changed quotation to the passage' passage
echo "1..$cases"
[ "$failures" -eq 0 ] || { tail -n 20 "$work/log"; exit 1; }
