--- What `:Ibid` does: the few things that the editor has no key for.
local M = {}

--- The client that serves the current buffer, else any that runs.
---@return vim.lsp.Client?
local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'ibid' })[1] or vim.lsp.get_clients({ name = 'ibid' })[1]
end

local function tell(message, level)
  vim.notify('ibid: ' .. message, level or vim.log.levels.INFO)
end

--- The program that the configuration starts; `nil` if that is a function of the person's own.
---@return string?
function M.program()
  local cmd = vim.lsp.config.ibid and vim.lsp.config.ibid.cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

--- The folder that `ibid` is run in.
local function root()
  local running = client()
  return running and running.root_dir or vim.fs.root(0, { 'ibid.toml', '.git' }) or vim.fn.getcwd()
end

--- Runs `ibid` in the workspace and hands on what it printed; what went wrong is told instead.
---@param arguments string[]
---@param use fun(output: string)
local function run(arguments, use)
  local command = vim.list_extend({ M.program() or 'ibid' }, arguments)
  local started, failure = pcall(vim.system, command, { text = true, cwd = root() }, function(result)
    vim.schedule(function()
      if result.code == 0 then
        use(vim.trim(result.stdout))
      else
        tell(vim.trim(result.stderr .. result.stdout), vim.log.levels.WARN)
      end
    end)
  end)
  if not started then
    tell(('%s (:checkhealth ibid tells more)'):format(failure), vim.log.levels.ERROR)
  end
end

--- Shows text in a window of its own, which `q` closes.
local function show(name, text)
  vim.cmd.new()
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_name(0, 'ibid://' .. name)
  vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(text, '\n'))
  vim.bo.modifiable = false
  vim.keymap.set('n', 'q', vim.cmd.close, { buffer = true, desc = 'Close' })
end

local KINDS = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

--- Findings of one note, as entries of the quickfix list.
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

--- The findings of all notes of the workspace as they are saved, in the quickfix list.
function M.check()
  run({ 'check', '--format', 'json', '--fail-on', 'never' }, function(output)
    local items = {}
    for _, note in ipairs(vim.json.decode(output).notes) do
      vim.list_extend(items, entries(note))
    end
    vim.fn.setqflist({}, ' ', { title = 'ibid: findings', items = items })
    if #items == 0 then
      tell('no findings')
    else
      vim.cmd('botright copen')
    end
  end)
end

--- What is indexed, and what was skipped and why.
function M.sources()
  run({ 'sources' }, function(output)
    show('sources', output)
  end)
end

--- What the corpus says of a term; without one, of the word under the cursor.
---@param term string
function M.define(term)
  term = term ~= '' and term or vim.fn.expand('<cword>')
  run({ 'define', '--', term }, function(output)
    show('define ' .. term, output)
  end)
end

--- Puts a citation of where words stand behind the cursor; without words, of those that were selected last.
---@param words string
function M.cite(words)
  if words == '' then
    local selected = vim.fn.getregion(vim.fn.getpos("'<"), vim.fn.getpos("'>"), { type = vim.fn.visualmode() })
    words = table.concat(selected, ' ')
  end
  if vim.trim(words) == '' then
    return tell('select the words of a quotation, or give them: :Ibid cite WORDS', vim.log.levels.WARN)
  end
  local note = vim.api.nvim_buf_get_name(0)
  run({ 'cite', '--note', note, '--', words }, function(citation)
    vim.api.nvim_put(vim.split(citation, '\n'), 'c', true, true)
  end)
end

--- The log of all language servers, at its end.
function M.log()
  vim.cmd.split(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
end

--- Stops the server and starts it again for the notes that are open.
function M.restart()
  local running = vim.lsp.get_clients({ name = 'ibid' })
  local shown = vim.tbl_map(function(one)
    return vim.lsp.diagnostic.get_namespace(one.id, true)
  end, running)
  -- Neovim asks for diagnostics to the last, and prints the refusal that the protocol wants from a server on its way out.
  for _, one in ipairs(running) do
    one.handlers['textDocument/diagnostic'] = function() end
  end
  vim.lsp.enable('ibid', false)
  vim.wait(2000, function()
    return vim.iter(running):all(function(one)
      return one:is_stopped()
    end)
  end, 20)
  -- Neovim 0.11 leaves standing what it had asked a server for that is gone.
  vim.iter(shown):each(vim.diagnostic.reset)
  vim.lsp.enable('ibid')
end

local ABILITIES = { 'check', 'cite', 'define', 'log', 'restart', 'sources' }

--- Runs `:Ibid ABILITY [WORDS]`.
---@param ability string
---@param words string
function M.command(ability, words)
  if vim.list_contains(ABILITIES, ability) then
    M[ability](words)
  else
    tell(('no such command: %s; there are %s'):format(ability, table.concat(ABILITIES, ', ')), vim.log.levels.ERROR)
  end
end

--- What may follow `:Ibid `.
---@param begun string
---@param line string
---@return string[]
function M.complete(begun, line)
  if not line:match('^%s*%S*Ibid%s+%S*$') then
    return {}
  end
  return vim.tbl_filter(function(ability)
    return vim.startswith(ability, begun)
  end, ABILITIES)
end

return M
