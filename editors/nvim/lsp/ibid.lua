--- The server's configuration, as `vim.lsp.config` finds it. Change any part of it in your own configuration:
---
--- ```lua
--- vim.lsp.config('ibid', { cmd = { '/path/to/ibid', 'lsp' } })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'ibid', 'lsp' },
  filetypes = { 'markdown' },
  -- In this order. A note under neither is served too: the server looks for its sources itself.
  root_markers = { 'ibid.toml', '.git' },
}
