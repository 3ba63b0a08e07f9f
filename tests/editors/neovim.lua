--- What a person does in Neovim, done by a script: `nvim --headless --clean -l neovim.lua PLUGIN EXAMPLE BINARY`.
--- Prints TAP; the exit code is 1 if a case fails.

local plugin, example, binary = unpack(arg)
local PATIENCE = 20000
local cases, failures = 0, 0

--- Waits until a condition holds and returns what it gave.
local function eventually(what, condition)
  local found
  vim.wait(PATIENCE, function()
    found = condition()
    return found
  end, 20)
  return assert(found, what)
end

local function case(name, body)
  cases = cases + 1
  local passed, message = xpcall(body, debug.traceback)
  if not passed then
    failures = failures + 1
    io.write('# ', tostring(message):gsub('\n', '\n# '), '\n')
  end
  io.write(passed and 'ok ' or 'not ok ', cases, ' - ', name, '\n')
end

local function open(path)
  vim.cmd.edit(vim.fs.joinpath(example, path))
end

--- Puts the cursor into the first place of the buffer where these words stand.
local function go_to(words)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search('\\V' .. words, 'cW') > 0, words .. ' does not stand here')
  vim.cmd.normal({ 'll', bang = true })
end

local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'ibid' })[1]
end

--- The findings of a code in this buffer.
local function findings(code)
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.code == code
  end, vim.diagnostic.get(0))
end

--- Waits until as many findings of a code stand in this buffer.
local function await_findings(code, count)
  eventually(('%d of %s'):format(count, code), function()
    return #findings(code) == count
  end)
end

--- Jumps from these words and waits for a file that ends so; returns the text from the cursor on.
local function jump(words, file)
  go_to(words)
  vim.lsp.buf.definition()
  eventually('a jump to ' .. file, function()
    return vim.endswith(vim.api.nvim_buf_get_name(0), file)
  end)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  return vim.api.nvim_buf_get_lines(0, row - 1, row, true)[1]:sub(column + 1)
end

vim.opt.runtimepath:prepend(plugin)
vim.lsp.config('ibid', { cmd = { binary, 'lsp' } })
vim.cmd.runtime('plugin/ibid.lua')
vim.cmd('filetype on')

case('it attaches to a note, at the folder with ibid.toml', function()
  open('notes/schemers.md')
  local attached = eventually('a client', client)
  eventually('the handshake', function()
    return attached.initialized
  end)
  assert(vim.uv.fs_realpath(attached.root_dir) == vim.uv.fs_realpath(example), attached.root_dir)
end)

case('it shows findings, each once', function()
  await_findings('quote-altered', 1)
  local seen = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local key = ('%d:%d %s'):format(diagnostic.lnum, diagnostic.col, diagnostic.code)
    assert(not seen[key], key .. ' is shown twice')
    seen[key] = true
  end
end)

case('a fix mends the finding', function()
  vim.api.nvim_win_set_cursor(0, { findings('quote-altered')[1].lnum + 1, findings('quote-altered')[1].col })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred
    end,
  })
  await_findings('quote-altered', 0)
  vim.cmd('silent undo')
  await_findings('quote-altered', 1)
end)

case('findings follow every edit', function()
  vim.cmd('silent %s/always very important/often very important/')
  await_findings('quote-altered', 0)
  vim.cmd('silent undo')
  await_findings('quote-altered', 1)
end)

case('hover shows the senses of a term', function()
  go_to('schemers in which')
  vim.lsp.buf.hover()
  local float = eventually('a floating window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return window
      end
    end
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, true), '\n')
  assert(text:find('Carlsmith', 1, true), text)
  vim.api.nvim_win_close(float, true)
end)

case('it jumps from a quotation to the very words', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  await_findings('quote-altered', 0)
  local text = jump('picks', '001_bfa0dc0747c7faaa.txt')
  assert(vim.startswith(text, 'picks thoughts in part based on real-world consequences'), text)
end)

case('it jumps from a citation to its source', function()
  open('notes/consequentialism.md')
  jump('001_bfa0dc0747c7faaa]]', '001_bfa0dc0747c7faaa.txt')
end)

case('the health check finds nothing wrong', function()
  vim.cmd('checkhealth ibid')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  assert(report:find('OK', 1, true) and not report:find('ERROR', 1, true), report)
end)

case('it stops', function()
  local clients = vim.lsp.get_clients({ name = 'ibid' })
  assert(#clients == 1, ('%d clients'):format(#clients))
  clients[1]:stop()
  eventually('its end', function()
    return clients[1]:is_stopped() and #vim.lsp.get_clients({ name = 'ibid' }) == 0
  end)
end)

io.write('1..', cases, '\n')
os.exit(failures == 0 and 0 or 1, true)
