--- The server's configuration, which `vim.lsp.config` finds here. Override any part of it in your own configuration:
---
--- ```lua
--- vim.lsp.config('ibid', { cmd = { '/path/to/ibid', 'lsp' } })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'ibid', 'lsp' },
  filetypes = { 'markdown' },
  -- In order of precedence. The server also accepts notes outside of both and looks for their sources itself.
  root_markers = { 'ibid.toml', '.git' },
}
