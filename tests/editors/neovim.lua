--- Uses Neovim as a person does: `nvim --headless --clean -l neovim.lua PLUGIN EXAMPLE BINARY LIBRARY`.
--- Prints TAP. The exit code is 1 if a case fails.

local plugin, example, binary, library = unpack(arg)
local PATIENCE = 20000
local cases, failures = 0, 0

--- Waits until a condition returns a true value, and returns it.
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

--- Moves the cursor into the first occurrence of words in the buffer.
local function go_to(words)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search('\\V' .. words, 'cW') > 0, words .. ' does not stand here')
  vim.cmd.normal({ 'll', bang = true })
end

local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'ibid' })[1]
end

--- The findings with a code in the current buffer.
local function findings(code)
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.code == code
  end, vim.diagnostic.get(0))
end

--- Waits until the current buffer has a number of findings with a code.
local function await_findings(code, count)
  local met = pcall(eventually, code, function()
    return #findings(code) == count
  end)
  assert(met, ('%d of %s in %s, not %d'):format(#findings(code), code, vim.api.nvim_buf_get_name(0), count))
end

--- Jumps from words and waits for a file whose path has a suffix. Returns the text after the cursor.
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
  local pushed = vim.lsp.diagnostic.get_namespace(client().id, false)
  assert(#vim.diagnostic.get(nil, { namespace = pushed }) == 0, 'findings were pulled and pushed')
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

--- The text of the hover on words.
local function hovered(words)
  go_to(words)
  vim.lsp.buf.hover()
  local float = eventually('a floating window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return window
      end
    end
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, true), '\n')
  vim.api.nvim_win_close(float, true)
  return text
end

case('hover shows the senses of a term', function()
  local text = hovered('schemers in which')
  assert(text:find('Carlsmith', 1, true), text)
end)

case('it jumps from a quotation to the very words', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  await_findings('quote-altered', 0)
  local text = jump('picks', '001_bfa0dc0747c7faaa.txt')
  assert(vim.startswith(text, 'picks thoughts in part based on real-world consequences'), text)
end)

case('it goes back from where it jumped, and looks there without going', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  jump('picks', '001_bfa0dc0747c7faaa.txt')
  vim.cmd.pop()
  assert(vim.endswith(vim.api.nvim_buf_get_name(0), 'consequentialism.md'))
  go_to('picks')
  vim.cmd.normal({ vim.keycode('<C-w>}'), bang = true })
  local preview = eventually('a preview', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.wo[window].previewwindow then
        return window
      end
    end
  end)
  assert(vim.endswith(vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(preview)), '001_bfa0dc0747c7faaa.txt'))
  assert(vim.endswith(vim.api.nvim_buf_get_name(0), 'consequentialism.md'))
  vim.cmd.pclose()
end)

case('it jumps from a citation to its source', function()
  open('notes/consequentialism.md')
  jump('001_bfa0dc0747c7faaa]]', '001_bfa0dc0747c7faaa.txt')
end)

--- Waits for a list of places. Returns each as "file: the line".
local function listed(ask)
  local items
  ask({
    on_list = function(list)
      items = list.items
    end,
  })
  eventually('a list', function()
    return items
  end)
  return vim.tbl_map(function(item)
    return vim.fs.basename(item.filename) .. ': ' .. item.text
  end, items)
end

case('references of a term are its uses in notes and sources', function()
  open('notes/schemers.md')
  eventually('a client', client)
  go_to('schemers in which')
  local places = listed(function(options)
    vim.lsp.buf.references({ includeDeclaration = true }, options)
  end)
  local text = table.concat(places, '\n')
  assert(text:find('schemers.md: ', 1, true) and text:find('003_8279fd142acaf4fa.txt: ', 1, true), text)
end)

case('references of a passage are the notes that quote it', function()
  open('sources/003_8279fd142acaf4fa.txt')
  vim.lsp.start(vim.tbl_extend('force', vim.lsp.config.ibid, { root_dir = example }))
  eventually('a client', client)
  go_to('generically against')
  local places = listed(function(options)
    vim.lsp.buf.references({ includeDeclaration = false }, options)
  end)
  assert(#places > 0 and vim.startswith(places[1], 'schemers.md: '), vim.inspect(places))
end)

case('the uses of a term in the note are highlighted', function()
  open('notes/schemers.md')
  go_to('schemers in which')
  vim.lsp.buf.document_highlight()
  eventually('highlights', function()
    local marked = 0
    for _, namespace in pairs(vim.api.nvim_get_namespaces()) do
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
        marked = marked + ((mark[4].hl_group or ''):find('LspReference') and 1 or 0)
      end
    end
    return marked >= 2
  end)
  vim.lsp.buf.clear_references()
end)

case('terms and headings are found by some of their letters', function()
  local text = table.concat(
    listed(function(options)
      vim.lsp.buf.workspace_symbol('schem', options)
    end),
    '\n'
  )
  assert(text:find('schemer', 1, true) and text:find('What do people mean by', 1, true), text)
end)

--- The completions after text typed at the end of a note. Typing needs a second Neovim, which is sent the keys.
local function offered(typed)
  local child = vim.fn.jobstart({ vim.v.progpath, '--embed', '--headless', '--clean', '-n' }, { rpc = true })
  local function there(code, ...)
    return vim.rpcrequest(child, 'nvim_exec_lua', code, { ... })
  end
  there(
    [[
      local plugin, binary, note = ...
      vim.opt.runtimepath:prepend(plugin)
      vim.lsp.config('ibid', { cmd = { binary, 'lsp' } })
      vim.cmd.runtime('plugin/ibid.lua')
      vim.cmd('filetype on')
      vim.cmd.edit(note)
    ]],
    plugin,
    binary,
    vim.fs.joinpath(example, 'notes/schemers.md')
  )
  eventually('findings there', function()
    return there('return #vim.diagnostic.get(0)') > 0
  end)
  vim.rpcrequest(child, 'nvim_input', 'Go<CR>' .. typed .. '<C-x><C-o>')
  local words = eventually('something is offered for ' .. typed, function()
    local words = there([[
      return vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({ 'items' }).items)
    ]])
    return #words > 0 and words
  end)
  vim.fn.jobstop(child)
  return words
end

case('typing offers terms and sources', function()
  assert(vim.deep_equal(offered('Most schem'), { 'schemer' }))
  assert(vim.deep_equal(offered('Most schemers wait [@rev'), { 'review-comments' }))
end)

case('a footnote is renamed with its marks', function()
  open('notes/schemers.md')
  go_to('asked')
  vim.lsp.buf.rename('question')
  eventually('the new name', function()
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
    return not text:find('[^asked]', 1, true) and select(2, text:gsub('%[%^question%]', '')) == 4
  end)
  vim.cmd('silent undo')
end)

case('a contested term is given the sense that is meant', function()
  open('notes/reading-log.md')
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '', 'Most worries about deployment are about schemers.' })
  await_findings('term-contested', 1)
  local found = findings('term-contested')[1]
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('Carlsmith', 1, true) ~= nil
    end,
  })
  await_findings('term-contested', 0)
  vim.cmd('silent edit!')
end)

case('a note is mended, rewritten and set as its sources are', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  local function apply(context, title)
    local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)
    vim.lsp.buf.code_action({
      apply = true,
      context = context,
      filter = function(action)
        return action.title:find(title, 1, true) ~= nil
      end,
    })
    eventually('an edit by ' .. title, function()
      return not vim.deep_equal(before, vim.api.nvim_buf_get_lines(0, 0, -1, true))
    end)
    vim.cmd('silent edit!')
  end
  go_to('thoughts in part')
  apply({ only = { 'refactor.rewrite' }, diagnostics = {} }, 'block')
  apply({ only = { 'source.fixAll' }, diagnostics = {} }, '')
end)

case('the outline and its folds', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  local names = table.concat(listed(vim.lsp.buf.document_symbol), '\n')
  assert(names:find('What the word covers', 1, true), names)
  vim.wo.foldmethod, vim.wo.foldexpr = 'expr', 'v:lua.vim.lsp.foldexpr()'
  go_to('# What the word covers')
  local row = vim.api.nvim_win_get_cursor(0)[1]
  eventually('a fold', function()
    return vim.fn.foldlevel(row + 2) > 0
  end)
  vim.wo.foldmethod = 'manual'
end)

case('a key is declared in the bibliography', function()
  open('notes/consequentialism.md')
  eventually('a client', client)
  go_to('@kwa-comments')
  local places = listed(function(options)
    vim.lsp.buf.declaration(options)
  end)
  assert(vim.startswith(places[1], 'refs.bib: '), vim.inspect(places))
end)

case('words are marked as what they are', function()
  open('notes/consequentialism.md')
  go_to('thoughts in part')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  eventually('a marked quotation', function()
    local marks = vim.inspect_pos(0, row - 1, column).semantic_tokens
    return vim.iter(marks):any(function(mark)
      return mark.opts.hl_group == '@lsp.type.quotation.markdown'
    end)
  end)
end)

case('who quotes a passage is a list', function()
  open('notes/consequentialism.md')
  go_to('thoughts in part')
  vim.fn.setqflist({})
  vim.lsp.buf.incoming_calls()
  local items = eventually('a quickfix list', function()
    local items = vim.fn.getqflist()
    return #items > 0 and items
  end)
  assert(vim.endswith(vim.api.nvim_buf_get_name(items[1].bufnr), 'consequentialism.md'), vim.inspect(items))
  vim.fn.setqflist({})
  vim.cmd.cclose()
end)

case(':Ibid check lists the findings of all notes', function()
  vim.cmd('Ibid check')
  local items = eventually('a quickfix list', function()
    local items = vim.fn.getqflist()
    return #items > 0 and items
  end)
  local altered = vim.tbl_filter(function(item)
    return item.text:find('“always”', 1, true)
  end, items)[1]
  vim.cmd.cfirst({ count = vim.fn.index(items, altered) + 1 })
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local words = vim.api.nvim_buf_get_text(0, row - 1, column, row - 1, altered.end_col - 1, {})[1]
  assert(altered.text:find('“' .. words .. '”', 1, true), altered.text .. ' at ' .. words)
  vim.cmd.cclose()
end)

--- The text of the window that a command opens. Closes the window.
local function shown_by(command)
  local before = vim.api.nvim_get_current_buf()
  vim.cmd(command)
  eventually('a window by ' .. command, function()
    return vim.api.nvim_get_current_buf() ~= before
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  vim.cmd.close()
  return text
end

case(':Ibid sources and :Ibid define tell what the corpus holds', function()
  local sources = shown_by('Ibid sources')
  assert(sources:find('001_bfa0dc0747c7faaa.txt', 1, true), sources)
  assert(shown_by('Ibid define fuzzy concepts'):find('fuzzy concept', 1, true))
  go_to('schemers in which')
  assert(shown_by('Ibid define'):find('Carlsmith', 1, true))
end)

case(':Ibid cite puts a citation of the words behind the cursor', function()
  open('notes/reading-log.md')
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '', 'Clear words matter. ' })
  vim.cmd.normal({ 'G$', bang = true })
  vim.cmd('Ibid cite I think clarity is often very important')
  eventually('a citation', function()
    return vim.api.nvim_get_current_line() == 'Clear words matter. [@review-comments]'
  end)
  vim.cmd('silent edit!')
end)

case(':Ibid offers what it can do', function()
  assert(vim.deep_equal(vim.fn.getcompletion('Ibid c', 'cmdline'), { 'check', 'cite' }))
  assert(#vim.fn.getcompletion('Ibid cite x', 'cmdline') == 0)
  vim.cmd('helptags ' .. vim.fn.fnameescape(plugin .. '/doc'))
  vim.cmd('help :Ibid-cite')
  assert(vim.endswith(vim.api.nvim_buf_get_name(0), 'ibid.txt'))
  vim.cmd.close()
end)

case(':Ibid restart starts the server anew', function()
  open('notes/schemers.md')
  local before = eventually('a client', client).id
  vim.cmd('messages clear')
  -- Neovim requests diagnostics for this edit from the old server while that is shutting down.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '', 'One more line.' })
  vim.cmd('Ibid restart')
  eventually('another client', function()
    local after = client()
    return after and after.id ~= before and after.initialized
  end)
  await_findings('quote-altered', 1)
  assert(vim.api.nvim_exec2('messages', { output = true }).output == '', 'something was printed')
  vim.cmd('silent edit!')
  await_findings('quote-altered', 1)
end)

case('what is off at first is shown once it is wanted: lenses and hints', function()
  vim.lsp.config('ibid', { init_options = { lens = true, hints = true } })
  vim.cmd('Ibid restart')
  eventually('another client', function()
    local after = client()
    return after and after.initialized
  end)
  await_findings('quote-altered', 1)
  eventually('a lens', function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    return vim.iter(vim.lsp.codelens.get(0)):any(function(lens)
      return lens.command.title:find(' claims · ', 1, true)
    end)
  end)
  vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
  eventually('a hint', function()
    return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
  end)
  vim.lsp.inlay_hint.enable(false, { bufnr = 0 })
end)

case('a paper as PDF is hovered over with its page, and jumped into', function()
  local before = vim.api.nvim_get_current_buf()
  vim.cmd.edit(vim.fs.joinpath(library, 'notes/lists.md'))
  eventually('a client', client)
  await_findings('quote-altered', 1)
  local text = hovered('Independence is assumed')
  assert(text:find('Counting Twice', 1, true) and text:find('p. 2', 1, true), text)
  local server = client()
  local there = jump('Independence is assumed', 'Counting Twice.pdf.txt')
  assert(vim.startswith(there, 'Independence is assumed by whoever multiplies'), there)
  vim.api.nvim_set_current_buf(before)
  server:stop()
  eventually('its end', function()
    return #vim.lsp.get_clients({ name = 'ibid' }) == 1
  end)
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
