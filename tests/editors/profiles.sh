#!/usr/bin/env bash
# Tests the server with an independent client: pytest-lsp with its profiles of VS Code, Neovim and Emacs. Exit code 77 means
# that a tool is missing, which the last line of output names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/editors/bring.sh

folder=$(bring pytest-lsp-1.0.1 from_pypi pytest-lsp==1.0.1) || { echo 'pytest-lsp could not be downloaded from PyPI'; exit 77; }
set -e

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r examples/alignment "$work/alignment"
export IBID_EXAMPLE=$work/alignment IBID_BIN PYTHONPATH=$folder PYTHONDONTWRITEBYTECODE=1
IBID_BIN=$(realpath "${IBID_BIN:-target/release/ibid}")
python3 -m pytest -q -p no:cacheprovider -o asyncio_default_fixture_loop_scope=function --rootdir "$work" tests/editors/profiles
