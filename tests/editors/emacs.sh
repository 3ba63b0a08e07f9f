#!/usr/bin/env bash
# Tests Emacs with eglot in batch mode on a copy of the example. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v emacs >/dev/null || { echo 'Emacs is not installed'; exit 77; }
# Distributions install eglot in a package folder, which `--batch` does not search.
paths=()
for folder in /usr/share/emacs/site-lisp/elpa/*/; do [ ! -d "$folder" ] || paths+=(-L "$folder"); done
emacs --batch --no-init-file ${paths[@]+"${paths[@]}"} --eval "(progn (require 'eglot) (require 'markdown-mode))" 2>/dev/null ||
    { echo 'Emacs lacks eglot or markdown-mode: the packages elpa-eglot and elpa-markdown-mode'; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/alignment "$work/alignment"
git -C "$work/alignment" init --quiet # Emacs takes a repository for a project
HOME=$work emacs --batch --no-init-file ${paths[@]+"${paths[@]}"} -l tests/editors/emacs.el \
    "$work/alignment" "$(realpath "${IBID_BIN:-target/release/ibid}")" 2> "$work/log" ||
    { tail -n 40 "$work/log"; exit 1; }
