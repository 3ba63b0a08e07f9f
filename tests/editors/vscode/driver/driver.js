// Runs inside VS Code beside the ibid extension: every case asks through the editor's own API, so that what passes here
// is what a person sees. Writes TAP to $IBID_TAP; the last line is the plan.

const { appendFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const tap = process.env.IBID_TAP;
const cases = [];
const test = (name, run) => cases.push({ name, run });

exports.activate = async () => {
  if (!tap) return;
  writeFileSync(tap, 'TAP version 13\n');
  for (const [at, { name, run }] of cases.entries()) {
    try {
      await run();
      appendFileSync(tap, `ok ${at + 1} - ${name}\n`);
    } catch (error) {
      appendFileSync(tap, `not ok ${at + 1} - ${name}\n  # ${String(error?.stack ?? error).replaceAll('\n', '\n  # ')}\n`);
    }
  }
  appendFileSync(tap, `1..${cases.length}\n`);
};

// ── what the cases are made of ──

const root = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const note = (name) => vscode.workspace.openTextDocument(path.join(root(), 'notes', name));

/** Asks until the answer satisfies; the server indexes in the background. */
async function eventually(what, ask, satisfied) {
  let last;
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    last = await ask();
    if (satisfied(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}; last answer: ${JSON.stringify(last)}`);
}

/** The position of the first character of `words` in the document. */
function position(document, words) {
  const at = document.getText().indexOf(words);
  if (at < 0) throw new Error(`no “${words}” in ${document.fileName}`);
  return document.positionAt(at);
}

async function hover(document, words) {
  const ask = () => vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position(document, words));
  const hovers = await eventually(`hover on “${words}”`, ask, (found) => found.length > 0);
  return hovers.flatMap((found) => found.contents).map((content) => content.value ?? content).join('\n');
}

async function definition(document, words) {
  const ask = () => vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, position(document, words));
  const [first] = await eventually(`definition of “${words}”`, ask, (found) => found.length > 0);
  const uri = first.targetUri ?? first.uri;
  const range = first.targetSelectionRange ?? first.targetRange ?? first.range;
  const target = await vscode.workspace.openTextDocument(uri);
  return { file: path.basename(uri.fsPath), text: target.getText(range) };
}

const codes = (document) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter((found) => found.source === 'ibid')
    .map((found) => found.code?.value ?? found.code);

function equal(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}

function contains(text, ...parts) {
  for (const part of parts) if (!text.includes(part)) throw new Error(`no “${part}” in: ${text}`);
}

// ── the cases ──

test('findings appear under their codes', async () => {
  const document = await note('schemers.md');
  const planted = ['citation-unresolved', 'claim-uncited', 'quote-altered', 'quote-misattributed', 'quote-not-found'];
  const shown = () => [...new Set(codes(document))].filter((code) => code !== 'term-contested').sort();
  equal(await eventually('findings', shown, (found) => found.length >= planted.length), planted);
});

test('a finding has a link for its code and shows the place in the source', async () => {
  const document = await note('schemers.md');
  await eventually('findings', () => codes(document), (found) => found.includes('quote-altered'));
  const altered = vscode.languages.getDiagnostics(document.uri).find((found) => found.code?.value === 'quote-altered');
  contains(String(altered.code.target), 'quote-altered');
  contains(altered.relatedInformation[0].location.uri.fsPath, '003_8279fd142acaf4fa.txt');
});

test('no finding is shown twice', async () => {
  const document = await note('schemers.md');
  await eventually('findings', () => codes(document), (found) => found.length > 0);
  const all = vscode.languages.getDiagnostics(document.uri).map((found) => JSON.stringify([found.range, found.code]));
  equal(new Set(all).size, all.length);
});

test('hover on a term shows its senses', async () => {
  contains(await hover(await note('schemers.md'), 'schemers in which'), 'Carlsmith', 'colloquial');
});

test('hover on a changed quotation shows the change', async () => {
  contains(await hover(await note('schemers.md'), 'clarity is always'), 'often', 'always');
});

test('definition of a changed quotation is the very passage', async () => {
  const found = await definition(await note('schemers.md'), 'clarity is always');
  equal(found.file, '003_8279fd142acaf4fa.txt');
  contains(found.text, 'clarity is often very important');
});

test('definition of a citation is its source', async () => {
  equal((await definition(await note('consequentialism.md'), '@kwa-comments')).file, '001_bfa0dc0747c7faaa.txt');
});

/** The files of places, each with the text there. */
async function shown(places) {
  const one = async ({ uri, range }) => {
    const document = await vscode.workspace.openTextDocument(uri);
    return `${path.basename(uri.fsPath)}: ${document.getText(range)}`;
  };
  return Promise.all(places.map(one));
}

test('references of a term are its uses in notes and sources', async () => {
  const document = await note('schemers.md');
  const ask = () =>
    vscode.commands.executeCommand('vscode.executeReferenceProvider', document.uri, position(document, 'schemers in which'));
  const places = await shown(await eventually('references', ask, (found) => found.length > 0));
  contains(places.join('\n'), 'schemers.md: schemers', '003_8279fd142acaf4fa.txt: schemer');
});

test('references of a citation are all citations of the work', async () => {
  const document = await note('consequentialism.md');
  const ask = () =>
    vscode.commands.executeCommand('vscode.executeReferenceProvider', document.uri, position(document, '@kwa-comments'));
  const places = await shown(await eventually('references', ask, (found) => found.length > 0));
  contains(places.join('\n'), 'consequentialism.md: [@kwa-comments]', 'reading-log.md: [[001_bfa0dc0747c7faaa]]');
});

test('the uses of a term in the note are highlighted', async () => {
  const document = await note('schemers.md');
  const ask = () =>
    vscode.commands.executeCommand('vscode.executeDocumentHighlights', document.uri, position(document, 'schemers in which'));
  const found = await eventually('highlights', ask, (found) => found?.length > 1);
  for (const { range } of found) contains(document.getText(range).toLowerCase(), 'schemer');
});

test('terms and headings are found by some of their letters', async () => {
  const ask = () => vscode.commands.executeCommand('vscode.executeWorkspaceSymbolProvider', 'schem');
  const names = (await eventually('symbols', ask, (found) => found.length > 0)).map((found) => found.name);
  contains(names.join('\n'), 'schemer', 'What do people mean by');
});

test('typing offers terms and sources, with what can be read of them', async () => {
  const document = await note('schemers.md');
  const end = document.lineAt(document.lineCount - 1).range.end;
  const offered = async (typed) => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, end, `\n${typed}`);
    await vscode.workspace.applyEdit(edit);
    const at = document.lineAt(document.lineCount - 1).range.end;
    const ask = () => vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at, undefined, 1);
    const ours = (list) => list.items.filter((item) => item.sortText === '000');
    const [first] = ours(await eventually(`completion of “${typed}”`, ask, (list) => ours(list).length > 0));
    const back = new vscode.WorkspaceEdit();
    back.delete(document.uri, new vscode.Range(end, at));
    await vscode.workspace.applyEdit(back);
    return first;
  };
  const term = await offered('\nMost schem');
  equal(term.label, 'schemer');
  contains(term.documentation.value, 'Carlsmith');
  equal((await offered('\nMost [@rev')).label, 'review-comments');
});

test('a footnote is renamed with its marks', async () => {
  const document = await note('schemers.md');
  const at = position(document, '[^asked]').translate(0, 3);
  const edit = await vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at, 'question');
  const edits = edit.entries().flatMap(([, edits]) => edits);
  equal(edits.map((one) => document.getText(one.range)), ['asked', 'asked', 'asked', 'asked']);
});

test('findings follow an edit', async () => {
  const document = await note('schemers.md');
  await eventually('findings', () => codes(document), (found) => found.includes('quote-altered'));
  const start = position(document, 'always very important');
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, start.translate(0, 'always'.length)), 'often');
  await vscode.workspace.applyEdit(edit);
  await eventually('the finding goes', () => codes(document), (found) => !found.includes('quote-altered'));
});

test('the note without a fault has no finding', async () => {
  // A second note proves that the server has answered for this workspace.
  const document = await note('reading-log.md');
  await hover(document, 'fuzzy / non-fuzzy concepts');
  equal(codes(document), []);
});
