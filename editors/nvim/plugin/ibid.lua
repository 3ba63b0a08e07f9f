if vim.g.loaded_ibid then
  return
end
vim.g.loaded_ibid = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('ibid needs Neovim 0.11 or later', vim.log.levels.WARN)
  return
end

vim.api.nvim_create_user_command('Ibid', function(given)
  local name, words = given.args:match('^(%S+)%s*(.*)$')
  require('ibid').command(name, words)
end, {
  nargs = '+',
  range = true,
  desc = 'Check notes, list sources, define a term, insert a citation',
  complete = function(begun, line)
    return require('ibid').complete(begun, line)
  end,
})

if vim.g.ibid_enable ~= false then
  vim.lsp.enable('ibid')
end
