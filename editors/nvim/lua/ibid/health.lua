--- `:checkhealth ibid`
local M = {}

local function check_server()
  local path = require('ibid').program()
  if not path then
    vim.health.info('The server is started by a function in your configuration')
  elseif vim.fn.executable(path) == 0 then
    vim.health.error(('`%s` is not executable'):format(path), {
      'Build it in a clone of its repository: `cargo install --path server/ibid` usually puts it on the PATH',
      "Or configure its path: vim.lsp.config('ibid', { cmd = { '/path/to/ibid', 'lsp' } })",
    })
  else
    local result = vim.system({ path, '--version' }, { text = true }):wait()
    vim.health.ok(('%s: %s'):format(vim.fn.exepath(path), vim.trim(result.stdout or '')))
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'ibid' })
  if #clients == 0 then
    vim.health.info('No note is open')
  end
  for _, client in ipairs(clients) do
    vim.health.ok(('Running for %s'):format(client.root_dir or 'single files'))
  end
end

function M.check()
  vim.health.start('ibid')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('ibid needs Neovim 0.11 or later')
    return
  end
  check_server()
  check_clients()
end

return M
