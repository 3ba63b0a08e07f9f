"""The server as a client that is not ours drives it, with what other editors can do: pytest-lsp's recorded profiles of
VS Code, Neovim and Emacs. IBID_BIN names the binary, IBID_EXAMPLE a copy of the example."""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

EXAMPLE = pathlib.Path(os.environ["IBID_EXAMPLE"]).resolve()
NOTE = EXAMPLE / "notes" / "schemers.md"
SOURCE = EXAMPLE / "sources" / "003_8279fd142acaf4fa.txt"
TEXT = NOTE.read_text(encoding="utf-8")
PLANTED = {"citation-unresolved", "claim-uncited", "quote-altered", "quote-misattributed", "quote-not-found"}
PROFILES = ["visual_studio_code", "neovim@v0.11", "neovim@v0.6", "emacs"]
PATIENCE = 30.0

# What those clients answer, and pytest-lsp leaves to the test.
ASKED_OF_CLIENTS = [
    types.CLIENT_REGISTER_CAPABILITY,
    types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    types.WORKSPACE_INLAY_HINT_REFRESH,
    types.WORKSPACE_CODE_LENS_REFRESH,
]


@pytest_lsp.fixture(
    params=PROFILES, config=ClientServerConfig(server_command=[os.environ["IBID_BIN"], "lsp"])
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient):
    capabilities = client_capabilities(request.param)
    for method in ASKED_OF_CLIENTS:
        lsp_client.feature(method)(lambda *_: None)
    answer = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            root_uri=EXAMPLE.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=EXAMPLE.as_uri(), name="alignment")],
        )
    )
    lsp_client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=NOTE.as_uri(), language_id="markdown", version=1, text=TEXT)
        )
    )
    lsp_client.encoding = answer.capabilities.position_encoding or types.PositionEncodingKind.Utf16
    lsp_client.pulls = capabilities.text_document.diagnostic is not None
    yield
    await lsp_client.shutdown_session()


def document() -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri=NOTE.as_uri())


def position(client: LanguageClient, words: str, behind: str = "") -> types.Position:
    """Where these words stand in the note, or the end of how they begin; in the units that were agreed on."""
    before = TEXT[: TEXT.index(words)] + behind
    line = before.rsplit("\n", 1)[-1]
    units = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
    name, size = units[client.encoding]
    return types.Position(line=before.count("\n"), character=len(line.encode(name)) // size)


async def eventually(ask, satisfied):
    """Asks until the answer satisfies: the server reads in the background."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while True:
        answer = await ask()
        if satisfied(answer) or asyncio.get_running_loop().time() > end:
            assert satisfied(answer), answer
            return answer
        await asyncio.sleep(0.05)


async def diagnostics(client: LanguageClient) -> list[types.Diagnostic]:
    if not client.pulls:
        return client.diagnostics.get(NOTE.as_uri(), [])
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(text_document=document()))
    return report.items


def codes(found: list[types.Diagnostic]) -> set[str]:
    return {diagnostic.code for diagnostic in found if diagnostic.severity != types.DiagnosticSeverity.Hint}


@pytest.mark.asyncio
async def test_findings_come_by_one_road(client: LanguageClient):
    await eventually(lambda: diagnostics(client), lambda found: codes(found) == PLANTED)
    if client.pulls:
        assert not client.diagnostics, "findings were pulled and pushed"


@pytest.mark.asyncio
async def test_hover_tells_the_senses_of_a_term(client: LanguageClient):
    params = types.HoverParams(text_document=document(), position=position(client, "schemers in which"))
    told = lambda hover: hover is not None and "Carlsmith" in str(hover.contents)
    await eventually(lambda: client.text_document_hover_async(params), told)


@pytest.mark.asyncio
async def test_definition_of_a_changed_quotation_is_the_passage(client: LanguageClient):
    params = types.DefinitionParams(text_document=document(), position=position(client, "clarity is always"))
    found = await eventually(lambda: client.text_document_definition_async(params), bool)
    first = found[0] if isinstance(found, list) else found
    uri = first.target_uri if isinstance(first, types.LocationLink) else first.uri
    assert uri == SOURCE.as_uri()


@pytest.mark.asyncio
async def test_a_fix_takes_the_finding_away(client: LanguageClient):
    found = await eventually(lambda: diagnostics(client), lambda found: codes(found) == PLANTED)
    altered = next(diagnostic for diagnostic in found if diagnostic.code == "quote-altered")
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document(),
            range=altered.range,
            context=types.CodeActionContext(diagnostics=[altered], only=[types.CodeActionKind.QuickFix]),
        )
    )
    assert any("wording" in action.title for action in actions), actions


@pytest.mark.asyncio
async def test_completion_offers_the_work(client: LanguageClient):
    at = position(client, "review-comments]", behind="rev")
    params = types.CompletionParams(text_document=document(), position=at)
    labels = lambda answer: [item.label for item in getattr(answer, "items", answer) or []]
    await eventually(
        lambda: client.text_document_completion_async(params),
        lambda answer: any("review-comments" in label for label in labels(answer)),
    )


@pytest.mark.asyncio
async def test_the_outline_is_that_of_the_note(client: LanguageClient):
    params = types.DocumentSymbolParams(text_document=document())
    found = await client.text_document_document_symbol_async(params)
    assert any("kind of behaviour" in symbol.name for symbol in flat(found)), found


def flat(symbols):
    for symbol in symbols:
        yield symbol
        yield from flat(getattr(symbol, "children", None) or [])
