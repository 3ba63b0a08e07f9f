// Takes the pictures for the documentation. Fails if one of them cannot be taken.

import path from 'node:path';

const patience = { timeout: 60_000 };

/** Takes every picture of a workbench in which the example is open. */
export async function takePictures(page, folder) {
  const take = async (name) => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };
  const command = async (name) => {
    await page.keyboard.press('F1');
    await page.keyboard.type(name, { delay: 5 });
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first().waitFor(patience);
    await page.keyboard.press('Enter');
  };
  const open = async (file) => {
    await page.keyboard.press('Control+P');
    await page.keyboard.type(file, { delay: 5 });
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: file }).first().waitFor(patience);
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: file }).waitFor(patience);
    await page.locator('.view-line').first().waitFor(patience);
    await page.keyboard.press('Control+Home');
  };
  const shown = (selector, words) => page.locator(selector, words ? { hasText: words } : undefined).first().waitFor(patience);

  await command('Notifications: Clear All Notifications');
  await open('schemers.md');

  await pointAt(page, 'schemers', 'is contested');
  await take('hover');

  await pointAt(page, 'always', 'the source says');
  await take('changed-quotation');

  await clickOn(page, 'always');
  await command('Peek Definition');
  await shown('.peekview-widget .view-line', 'clarity is often');
  await take('go-to-source');
  await page.keyboard.press('Escape');

  await command('ibid: Check the Workspace');
  for (const note of ['schemers.md', /(consequentialism|software-progress)\.md/]) await shown('.markers-panel .monaco-list-row', note);
  await page.mouse.move(200, 500);
  await take('problems');
  await page.keyboard.press('Control+J');

  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nKwa asks for a system that “picks thoughts in', { delay: 20 });
  await page.keyboard.press('Control+Space');
  await shown('.suggest-widget .monaco-list-row', 'real-world consequences');
  await take('completion');
  await page.keyboard.press('Escape');
  await command('File: Revert File');

  await command('Explorer: Focus on Sources View');
  // Make room for the tree: collapse the files and widen the side bar.
  await page.locator('.pane-header', { hasText: 'alignment' }).click();
  await drag(page, { x: 350, y: 400 }, { x: 640, y: 400 });
  const row = (words) => page.locator('.pane-body .monaco-list-row', { hasText: words }).first();
  await unfold(row('Comments on schemers'), row('I think people often use'));
  await row('I think people often use').click();
  await page.locator('.tab.active', { hasText: '003_8279fd142acaf4fa.txt' }).waitFor(patience);
  await unfold(row('I think people often use'), row('notes/schemers.md'));
  await take('sources');
}

/** Unfolds a row of a tree until what is in it is there. */
async function unfold(row, inside) {
  await row.waitFor(patience);
  await row.locator('.monaco-tl-twistie').click();
  await inside.waitFor(patience);
}

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/** Where the first of these words on the screen stand. */
async function placeOf(page, words) {
  const at = await page.evaluate((words) => {
    const lines = document.createTreeWalker(document.querySelector('.view-lines'), NodeFilter.SHOW_TEXT);
    for (let node; (node = lines.nextNode()); ) {
      // The editor renders spaces as non-breaking spaces.
      const at = node.data.replaceAll('\u00a0', ' ').indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 6);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    return null;
  }, words);
  if (!at) throw new Error(`“${words}” is not on the screen`);
  return at;
}

/** Points at words until a hover with these words in it is there: the editor takes no notice while it is busy. */
async function pointAt(page, words, hovered) {
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: hovered }).first();
  for (let attempt = 0; attempt < 20 && !(await hover.isVisible()); attempt += 1) {
    const { x, y } = await placeOf(page, words);
    // Start where the pointer crosses nothing else on its way.
    await page.mouse.move(x, 20);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(500);
    await page.mouse.move(x, y);
    await hover.waitFor({ timeout: 3000 }).catch(() => {});
  }
  await hover.waitFor(patience);
}

async function clickOn(page, words) {
  const { x, y } = await placeOf(page, words);
  await page.mouse.click(x, y);
}
