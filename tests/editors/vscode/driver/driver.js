// Runs in VS Code beside the ibid extension. Every case uses the editor's own API, so that it checks what a person sees.
// Writes TAP to $IBID_TAP. The last line is the plan.

const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const tap = process.env.IBID_TAP;
const cases = [];

/** A case; with $IBID_CASES set, only those whose names match it are run. */
const test = (name, run) => {
  if (new RegExp(process.env.IBID_CASES ?? '').test(name)) cases.push({ name, run });
};

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
  await revertAll();
  appendFileSync(tap, `1..${cases.length}\n`);
};

/** Leaves no note changed, so that nobody is asked whether to save it. */
async function revertAll() {
  for (const document of vscode.workspace.textDocuments.filter((document) => document.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

// ── helpers ──

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

// ── cases ──

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
  const replace = (old, wanted) => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(start, start.translate(0, old.length)), wanted);
    return vscode.workspace.applyEdit(edit);
  };
  await replace('always', 'often');
  await eventually('the finding goes', () => codes(document), (found) => !found.includes('quote-altered'));
  await replace('often', 'always');
  await eventually('the finding is back', () => codes(document), (found) => found.includes('quote-altered'));
});

test('the note without a fault has no finding', async () => {
  // Findings in a second note prove that the server has checked this workspace.
  const document = await note('reading-log.md');
  await hover(document, 'fuzzy / non-fuzzy concepts');
  equal(codes(document), []);
});

// ── more cases ──

/** Asks through a command of the editor's until the answer satisfies. */
const ask = (command, satisfied, ...given) =>
  eventually(command, () => vscode.commands.executeCommand(`vscode.${command}`, ...given), satisfied);

const some = (found) => found?.length > 0;

const source = (name) => vscode.workspace.openTextDocument(path.join(root(), 'sources', name));

/** The extension's own parts. */
const extension = async () => vscode.extensions.getExtension('ibid.ibid').activate();

/** Sets a setting of ibid's for as long as `body` runs. */
async function withSetting(name, value, body) {
  const set = (value) => vscode.workspace.getConfiguration('ibid').update(name, value, vscode.ConfigurationTarget.Global);
  await set(value);
  try {
    await body();
  } finally {
    await set(undefined);
  }
}

test('a key is declared in the bibliography', async () => {
  const document = await note('consequentialism.md');
  const at = position(document, '@kwa-comments').translate(0, 3);
  const [place] = await ask('executeDeclarationProvider', some, document.uri, at);
  equal(path.basename((place.targetUri ?? place.uri).fsPath), 'refs.bib');
});

test('words are marked as what they are', async () => {
  const document = await note('schemers.md');
  const legend = await ask('provideDocumentSemanticTokensLegend', (found) => found !== undefined, document.uri);
  equal(legend.tokenTypes, ['quotation', 'citation', 'term', 'hedge']);
  const { data } = await ask('provideDocumentSemanticTokens', (found) => found?.data.length > 0, document.uri);
  const kinds = new Set();
  for (let at = 3; at < data.length; at += 5) kinds.add(legend.tokenTypes[data[at]]);
  contains([...kinds].join(' '), 'quotation', 'citation', 'term');
});

test('a passage tells in how many notes it is quoted, and leads there', async () => {
  const document = await source('003_8279fd142acaf4fa.txt');
  const lenses = await ask('executeCodeLensProvider', some, document.uri);
  const lens = lenses.find((one) => /^Quoted in \d+ notes?$/.test(one.command?.title));
  contains(lens?.command.command ?? 'no lens', 'ibid.showReferences');
  await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
});

test('the claims of a note are counted above it', async () => {
  const document = await note('schemers.md');
  const lenses = await ask('executeCodeLensProvider', some, document.uri);
  contains(lenses.map((one) => one.command?.title).join('\n'), ' claims · ');
});

test('who quotes a passage, and what a note quotes', async () => {
  const document = await source('003_8279fd142acaf4fa.txt');
  const at = position(document, 'generically against');
  const [passage] = await ask('prepareCallHierarchy', some, document.uri, at);
  const quoting = await ask('provideIncomingCalls', some, passage);
  equal(quoting.map((call) => path.basename(call.from.uri.fsPath)), ['schemers.md']);
  const quoted = await ask('provideOutgoingCalls', some, quoting[0].from);
  contains(quoted.map((call) => call.to.name).join('\n'), 'I think people often use');
});

test('a quotation is followed by its place, once that is wanted', async () => {
  const document = await note('consequentialism.md');
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = () => vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
  equal(await hints(), []);
  await withSetting('hints', true, async () => {
    const found = await eventually('hints', hints, some);
    contains(found.map((hint) => hint.label.map?.((part) => part.value).join('') ?? hint.label).join('\n'), '001_bfa0dc0747c7faaa:');
  });
  await eventually('the hints go', hints, (found) => found.length === 0);
});

test('the outline, its folds, and what a selection grows to', async () => {
  const document = await note('consequentialism.md');
  const [title] = await ask('executeDocumentSymbolProvider', some, document.uri);
  equal(title.children.map((child) => child.name)[0], 'What the word covers');
  const folds = await ask('executeFoldingRangeProvider', some, document.uri);
  contains(folds.map((fold) => fold.start).join(' '), String(title.children[0].range.start.line));
  const at = position(document, 'interlocutor');
  const [selection] = await ask('executeSelectionRangeProvider', some, document.uri, [at]);
  equal(document.getText(selection.range), 'interlocutor');
});

test('a citation is a link to its source', async () => {
  const document = await note('consequentialism.md');
  const links = await ask('executeLinkProvider', some, document.uri);
  contains(links.map((link) => String(link.target)).join('\n'), '001_bfa0dc0747c7faaa.txt');
});

test('a fix mends a finding, and a quotation can be set off', async () => {
  const document = await note('schemers.md');
  await eventually('findings', () => codes(document), (found) => found.includes('quote-altered'));
  const start = position(document, 'always very important');
  const range = new vscode.Range(start, start);
  // Actions of any kind. VS Code resolves the edits of this many.
  const actions = await ask('executeCodeActionProvider', some, document.uri, range, undefined, 20);
  contains(actions.map((action) => action.title).join('\n'), "Use the source's wording", 'Turn into a block quotation');
  contains(JSON.stringify(actions.find((action) => action.isPreferred).edit.entries()), 'often');
});

test('all quotations are set as their sources do, when that is asked', async () => {
  const document = await note('consequentialism.md');
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await ask('executeCodeActionProvider', some, document.uri, whole, 'source.fixAll.ibid');
  equal(actions.map((action) => action.kind.value), ['source.fixAll.ibid']);
});

/** Writes files, beside the notes where they do not say otherwise, for as long as `body` runs. */
async function withFiles(files, body) {
  const uri = (name) => vscode.Uri.file(path.join(root(), 'notes', name));
  for (const [name, content] of Object.entries(files)) await vscode.workspace.fs.writeFile(uri(name), Buffer.from(content));
  try {
    await body(uri);
  } finally {
    for (const name of Object.keys(files)) await vscode.workspace.fs.delete(uri(name)).then(undefined, () => {});
  }
}

test('an open quotation is offered the sentence that goes on so', async () => {
  await withFiles({ 'draft.md': 'He writes that “picks thoughts in pa\n' }, async (uri) => {
    const document = await vscode.workspace.openTextDocument(uri('draft.md'));
    const at = document.lineAt(0).range.end;
    const ours = (list) => list?.items.find((item) => item.insertText?.value?.includes('real-world') || String(item.insertText).includes('real-world'));
    const list = await ask('executeCompletionItemProvider', ours, document.uri, at);
    const item = ours(list);
    contains(String(item.insertText.value ?? item.insertText), 'based on real-world consequences', '”', '001_bfa0dc0747c7faaa');
  });
});

test('links follow a note that is renamed', async () => {
  await withFiles({ 'a.md': 'See [[b]] and [b](b.md).\n', 'b.md': '# B\n' }, async (uri) => {
    const document = await vscode.workspace.openTextDocument(uri('a.md'));
    const links = () => vscode.commands.executeCommand('vscode.executeLinkProvider', document.uri);
    await eventually('the links', links, (found) => found.some((link) => String(link.target).includes('/notes/b.md')));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri('b.md'), uri('c.md'));
    await vscode.workspace.applyEdit(edit);
    await eventually('the new name', () => document.getText(), (text) => text === 'See [[c]] and [b](c.md).\n');
    await document.save();
    await vscode.workspace.fs.delete(uri('c.md'));
  });
});

test('a note that is not open has its findings, once', async () => {
  const text = 'He writes that “picks thoughts in part based on some-world consequences” [@kwa-comments].\n';
  await withFiles({ 'closed.md': text }, async (uri) => {
    const found = () => vscode.languages.getDiagnostics(uri('closed.md')).map((one) => one.code?.value ?? one.code);
    await eventually('findings', found, some);
    equal(found(), ['quote-altered']);
    await vscode.workspace.fs.delete(uri('closed.md'));
    await eventually('they go with it', found, (left) => left.length === 0);
  });
});

test('a setting goes before ibid.toml, as soon as it is set', async () => {
  const document = await note('software-progress.md');
  // VS Code does not request diagnostics again for documents without a tab.
  await vscode.window.showTextDocument(document);
  const has = (code) => codes(document).includes(code);
  await eventually('findings', () => codes(document), some);
  const [code] = codes(document);
  await withSetting('severity', { [code]: 'off' }, () => eventually('it goes', () => has(code), (there) => !there));
  await eventually('it is back', () => has(code), (there) => there);
});

test('a quotation is peeked at, gone to, and gone back from', async () => {
  const document = await note('schemers.md');
  const at = position(document, 'always very important');
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  const isSource = (editor) => editor?.document.fileName.endsWith('003_8279fd142acaf4fa.txt');
  await eventually('a peek', async () => {
    await vscode.commands.executeCommand('editor.action.peekDefinition');
    return vscode.window.visibleTextEditors.some(isSource);
  }, Boolean);
  await vscode.commands.executeCommand('closeReferenceSearch');
  await vscode.commands.executeCommand('editor.action.revealDefinition');
  const there = await eventually('the source', () => vscode.window.activeTextEditor, isSource);
  contains(there.document.getText(there.selection) || there.document.lineAt(there.selection.start.line).text, 'clarity is often');
  await vscode.commands.executeCommand('workbench.action.navigateBack');
  const back = await eventually('the note', () => vscode.window.activeTextEditor, (editor) => !isSource(editor));
  equal([path.basename(back.document.fileName), back.selection.start], ['schemers.md', at]);
});

test('a document without text of its own opens as the text that was taken out of it', async () => {
  const paper = readFileSync(path.join(root(), '..', 'moreau-2021.pdf'));
  const text = 'They found that “the difference may be due to chance” [[moreau-2021]].\n';
  await withFiles({ '../sources/moreau-2021.pdf': paper, 'paper.md': text }, async (uri) => {
    const document = await vscode.workspace.openTextDocument(uri('paper.md'));
    const [place] = await ask('executeDefinitionProvider', some, document.uri, position(document, 'may be due'));
    const target = place.targetUri ?? place.uri;
    equal([target.scheme, path.basename(target.path)], ['ibid', 'moreau-2021.pdf.txt']);
    const shown = await vscode.workspace.openTextDocument(target);
    contains(shown.getText(place.targetSelectionRange ?? place.range).toLowerCase(), 'the difference may be due to chance');
    const start = (place.targetSelectionRange ?? place.range).start;
    const quoting = await ask('executeReferenceProvider', some, target, start);
    equal(quoting.map((found) => path.basename(found.uri.path)), ['paper.md']);
  });
});

test('sources stand in a tree, with the passages that notes quote', async () => {
  const { sources } = await extension();
  const [kwa] = await eventually('sources', () => sources.getChildren(), (found) => found.length === 2);
  contains(kwa.path, '001_bfa0dc0747c7faaa.txt');
  const passages = await eventually('passages', () => sources.getChildren(kwa), some);
  const [quotation] = await sources.getChildren(passages[0]);
  contains(sources.getTreeItem(quotation).label, 'notes/');
  contains(sources.getTreeItem(passages[0]).command.command, 'vscode.open');
});

test('the status bar tells how many sources are read', async () => {
  const { status } = await extension();
  await eventually('the status', () => status.text, (text) => text.includes('2 sources') && !text.includes('sync'));
});

test('the report tells what is indexed', async () => {
  await vscode.commands.executeCommand('ibid.openReport');
  const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';
  await eventually('the report', text, (shown) => shown.includes('sources/001_bfa0dc0747c7faaa.txt'));
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
});
