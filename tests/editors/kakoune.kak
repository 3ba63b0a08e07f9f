# The configuration of docs/editors.md, with the binary from $IBID_BIN.

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
