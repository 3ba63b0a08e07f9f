--- The `:Ibid` command, for what the editor has no key for.
local M = {}

--- The client of the current buffer, or else any running client.
---@return vim.lsp.Client?
local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'ibid' })[1] or vim.lsp.get_clients({ name = 'ibid' })[1]
end

local function notify(message, level)
  vim.notify('ibid: ' .. message, level or vim.log.levels.INFO)
end

--- The program that the configuration starts. `nil` if the configuration has a function instead.
---@return string?
function M.program()
  local cmd = vim.lsp.config.ibid and vim.lsp.config.ibid.cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

--- The folder in which `ibid` runs.
local function root()
  local running = client()
  return running and running.root_dir or vim.fs.root(0, { 'ibid.toml', '.git' }) or vim.fn.getcwd()
end

--- Runs `ibid` in the workspace and passes its output to `use`. Shows a message if it fails.
---@param arguments string[]
---@param use fun(output: string)
local function run(arguments, use)
  local command = vim.list_extend({ M.program() or 'ibid' }, arguments)
  local started, failure = pcall(vim.system, command, { text = true, cwd = root() }, function(result)
    vim.schedule(function()
      if result.code == 0 then
        use(vim.trim(result.stdout))
      else
        notify(vim.trim(result.stderr .. result.stdout), vim.log.levels.WARN)
      end
    end)
  end)
  if not started then
    notify(('%s (see :checkhealth ibid)'):format(failure), vim.log.levels.ERROR)
  end
end

--- Shows text in a new window, which `q` closes.
local function show(name, text)
  vim.cmd.new()
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_name(0, 'ibid://' .. name)
  vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(text, '\n'))
  vim.bo.modifiable = false
  vim.keymap.set('n', 'q', vim.cmd.close, { buffer = true, desc = 'Close' })
end

local KINDS = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

--- The findings of one note as entries of the quickfix list.
local function entries(note)
  local path = vim.fs.joinpath(root(), note.path)
  local lines = vim.fn.filereadable(path) == 1 and vim.fn.readfile(path) or {}
  local function byte(line, column)
    return vim.str_byteindex(lines[line] or '', 'utf-32', column - 1, false) + 1
  end
  return vim.tbl_map(function(finding)
    return {
      filename = path,
      lnum = finding.line,
      col = byte(finding.line, finding.column),
      end_lnum = finding.endLine,
      end_col = byte(finding.endLine, finding.endColumn),
      type = KINDS[finding.severity],
      text = ('[%s] %s'):format(finding.code, finding.message),
    }
  end, note.findings)
end

--- Lists the findings of all notes of the workspace, as saved on disk, in the quickfix list.
function M.check()
  run({ 'check', '--format', 'json', '--fail-on', 'never' }, function(output)
    local items = {}
    for _, note in ipairs(vim.json.decode(output).notes) do
      vim.list_extend(items, entries(note))
    end
    vim.fn.setqflist({}, ' ', { title = 'ibid: findings', items = items })
    if #items == 0 then
      notify('No findings')
    else
      vim.cmd('botright copen')
    end
  end)
end

--- Lists what is indexed, and what was skipped and why.
function M.sources()
  run({ 'sources' }, function(output)
    show('sources', output)
  end)
end

--- Shows the senses of a term, or of the word under the cursor.
---@param term string
function M.define(term)
  term = term ~= '' and term or vim.fn.expand('<cword>')
  run({ 'define', '--', term }, function(output)
    show('define ' .. term, output)
  end)
end

--- Inserts a citation for words, or for the last selection, after the cursor.
---@param words string
function M.cite(words)
  if words == '' then
    local selected = vim.fn.getregion(vim.fn.getpos("'<"), vim.fn.getpos("'>"), { type = vim.fn.visualmode() })
    words = table.concat(selected, ' ')
  end
  if vim.trim(words) == '' then
    return notify('Select the words of a quotation, or use :Ibid cite WORDS', vim.log.levels.WARN)
  end
  local note = vim.api.nvim_buf_get_name(0)
  run({ 'cite', '--note', note, '--', words }, function(citation)
    vim.api.nvim_put(vim.split(citation, '\n'), 'c', true, true)
  end)
end

--- Shows the end of the log of all language servers.
function M.log()
  vim.cmd.split(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
end

--- Restarts the server for the open notes.
function M.restart()
  local running = vim.lsp.get_clients({ name = 'ibid' })
  local shown = vim.tbl_map(function(one)
    return vim.lsp.diagnostic.get_namespace(one.id, true)
  end, running)
  -- Neovim still requests diagnostics during shutdown and would print the error that the protocol prescribes.
  for _, one in ipairs(running) do
    one.handlers['textDocument/diagnostic'] = function() end
  end
  vim.lsp.enable('ibid', false)
  vim.wait(2000, function()
    return vim.iter(running):all(function(one)
      return one:is_stopped()
    end)
  end, 20)
  -- Neovim 0.11 keeps the diagnostics of a server that has stopped.
  vim.iter(shown):each(vim.diagnostic.reset)
  vim.lsp.enable('ibid')
end

local COMMANDS = { 'check', 'cite', 'define', 'log', 'restart', 'sources' }

--- Runs `:Ibid COMMAND [WORDS]`.
---@param name string
---@param words string
function M.command(name, words)
  if vim.list_contains(COMMANDS, name) then
    M[name](words)
  else
    notify(('Unknown command %s; the commands are %s'):format(name, table.concat(COMMANDS, ', ')), vim.log.levels.ERROR)
  end
end

--- Completes what follows `:Ibid `.
---@param begun string
---@param line string
---@return string[]
function M.complete(begun, line)
  if not line:match('^%s*%S*Ibid%s+%S*$') then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, begun)
  end, COMMANDS)
end

return M
