# The configuration that docs/editors.md gives, for the test; $IBID_BIN names the binary.

evaluate-commands %sh{kak-lsp}
hook global BufSetOption filetype=markdown %{
    set-option buffer lsp_servers "
        [ibid]
        root_globs = ['ibid.toml', '.git']
        command = '%sh{printf %s ""${IBID_BIN:-ibid}""}'
        args = ['lsp']
    "
}
lsp-enable
