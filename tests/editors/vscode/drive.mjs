// Opens a note of a running code-server in Chromium and waits for the driver extension's TAP.
// usage: node drive.mjs TOOLS CHROMIUM PORT FOLDER TAP [PICTURE], TOOLS being a folder with playwright-core in node_modules

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [tools, executablePath, port, folder, tap, picture] = process.argv.slice(2);
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
for (const end = Date.now() + 6 * minutes; !finished() && Date.now() < end; ) await page.waitForTimeout(250);

if (finished() && picture) await hoverPicture();
await browser.close();
if (!finished()) {
  console.error(`the driver did not finish; it wrote: ${existsSync(tap) ? readFileSync(tap, 'utf8') : 'nothing'}`);
  process.exit(1);
}

/** A picture of the hover on a term, for people to look at. */
async function hoverPicture() {
  const { x, y } = await page.evaluate(() => {
    const lines = document.createTreeWalker(document.querySelector('.view-lines'), NodeFilter.SHOW_TEXT);
    for (let node; (node = lines.nextNode()); ) {
      const at = node.data.indexOf('schemers');
      if (at < 0) continue;
      const word = document.createRange();
      word.setStart(node, at);
      word.setEnd(node, at + 'schemers'.length);
      const box = word.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
  });
  await page.mouse.move(x, y, { steps: 5 });
  await page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Carlsmith' }).first().waitFor({ timeout: 15_000 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: picture });
}
