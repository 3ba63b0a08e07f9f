// Opens a note in a running code-server with Chromium and waits for the driver extension's TAP.
// Then takes the pictures for the documentation, if there is a folder for them.
// usage: node drive.mjs TOOLS CHROMIUM PORT FOLDER TAP [PICTURES], TOOLS being a folder with playwright-core in node_modules

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { takePictures } from './pictures.mjs';

const [tools, executablePath, port, folder, tap, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');
const minutes = 60_000;

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const file = `vscode-remote://127.0.0.1:${port}${folder}/notes/schemers.md`;
const query = new URLSearchParams({ folder, payload: JSON.stringify([['openFile', file]]) });
await page.goto(`http://127.0.0.1:${port}/?${query}`);

const finished = () => existsSync(tap) && /^1\.\.\d+$/m.test(readFileSync(tap, 'utf8'));
// VS Code asks before it updates the links to a renamed file.
const mayRefactor = page.locator('.monaco-dialog-box .monaco-button', { hasText: /^OK$/ });
for (const end = Date.now() + 6 * minutes; !finished() && Date.now() < end; ) {
  await page.waitForTimeout(250);
  if (await mayRefactor.isVisible()) await mayRefactor.click();
}

if (!finished()) {
  console.error(`the driver did not finish; it wrote: ${existsSync(tap) ? readFileSync(tap, 'utf8') : 'nothing'}`);
  process.exit(1);
}
if (pictures) {
  try {
    await takePictures(page, pictures);
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, 'stuck.png') });
    throw error;
  }
}
await browser.close();
