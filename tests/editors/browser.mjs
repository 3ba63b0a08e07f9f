// Opens the links that `ibid cite --style web` writes in a real Chromium, which must highlight exactly the quoted words.
// Every URL is answered with the local file that was saved from it. Prints TAP.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [tools, executablePath, ibid, work] = process.argv.slice(2);
const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');

// A page with text that is hard to point at.
const odd = `<!doctype html><meta charset=utf-8><title>Odd signs</title>
<link rel="canonical" href="https://odd.example/a_(b)?x=1">
<article><h1>Odd signs</h1>
<p>A well-known, so-called “rule &amp; exception” is 50% habit, 50% law; the rest is <em>very</em> old.</p>
<p>The bell rang once. The bell rang once more, and then the bell rang no longer.</p>
<p>One line<br>and the next <b>of it</b>, with a note<sup><a href="#n1">[1]</a></sup> inside a sentence that goes on.</p>
<ul><li>First of all a list item ends here</li><li>and the second begins here, which is quoted with it.</li></ul>
<p>Déjà vu: “œuvre” — naïve façade, Straße, 東京タワー.</p>
<p>The bell rang once.</p>
</article>`;

// Words as a note quotes them, and what the browser must highlight if that differs: a range includes footnote marks.
const quotes = [
  ['well-known, so-called “rule & exception” is 50% habit'],
  ['the rest is very old'],
  ['The bell rang once. The bell rang once more'],
  ['then the bell rang no longer'],
  ['One line and the next of it, with a note'],
  ['inside a sentence that goes on'],
  ['a list item ends here and the second begins here'],
  ['Déjà vu: “œuvre” — naïve façade, Straße'],
  ['noise can be averaged away, while an audience error cannot'],
  ['the second log was copied from the first on foggy nights'],
  [
    'has recorded the height of the sea at Marren since 1847. It is the third-oldest gauge in continuous use',
    'has recorded the height of the sea at Marren since 1847.[1] It is the third-oldest gauge in continuous use',
  ],
  ['The bell rang once'],
  ['27 were working (68%, 95% CI: 52–81%)'],
  ["Waste is not a cost; it's a reading"],
  ['a card that costs nothing says nothing'],
  ['the arguments got shorter. We did not randomise', 'the arguments got shorter.1 We did not randomise'],
];

const sources = path.join(work, 'sources');
mkdirSync(sources, { recursive: true });
writeFileSync(path.join(sources, 'odd.html'), odd);
writeFileSync(path.join(work, 'ibid.toml'), 'sources = ["sources"]\n');
const saved = readdirSync(sources).map((name) => readFileSync(path.join(sources, name), 'utf8'));

/** Letters and digits alone: a browser marks them with or without the signs around. */
const letters = (words) => words.normalize('NFC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What the browser has marked: the characters that stand on the colour of marks. */
async function marked(page) {
  await page.addStyleTag({ content: '::target-text { background-color: rgb(255, 0, 255) !important; color: black !important }' });
  const picture = (await page.screenshot({ fullPage: true })).toString('base64');
  return page.evaluate(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const isMark = (x, y) => {
      const [red, green, blue] = canvas.getImageData(x, y, 1, 1).data;
      return red > 200 && green < 60 && blue > 200;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let words = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.length; at++) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        const y = [box.top + 1, box.bottom - 2].map((y) => y + scrollY);
        if (y.some((y) => isMark(box.left + scrollX + box.width / 2, y))) words += node.data[at];
      }
    }
    return words;
  }, picture);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
let failed = 0;
console.log(`1..${quotes.length}`);
for (const [number, [quote, shown = quote]] of quotes.entries()) {
  const citation = execFileSync(ibid, ['cite', '--style', 'web', '--workspace', work, quote], { encoding: 'utf8' }).trim();
  const address = citation.match(/\]\((\S+)\)$/)?.[1] ?? '';
  const place = decodeURI(address.split(/[#?]/)[0]).replaceAll('%28', '(').replaceAll('%29', ')');
  const page = await (await browser.newContext({ viewport: { width: 800, height: 300 } })).newPage();
  await page.route('**/*', (route) => {
    const html = route.request().isNavigationRequest() && saved.find((html) => html.includes(place));
    return html ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.abort();
  });
  await page.goto(address, { waitUntil: 'load' });
  const found = await marked(page);
  const ok = letters(found) === letters(shown);
  if (!ok) failed++;
  console.log(`${ok ? 'ok' : 'not ok'} ${number + 1} - ${quote}`);
  if (!ok) console.log(`# ${address}\n# marked: ${found}`);
  await page.context().close();
}
await browser.close();
process.exit(failed ? 1 : 0);
