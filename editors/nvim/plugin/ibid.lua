if vim.g.loaded_ibid then
  return
end
vim.g.loaded_ibid = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('ibid needs Neovim 0.11 or later', vim.log.levels.WARN)
  return
end

if vim.g.ibid_enable ~= false then
  vim.lsp.enable('ibid')
end
