" Checks what a person sees in Vim with ALE: vim -es -u vim.vim EXAMPLE BINARY TAP. Writes TAP.

set nocompatible nomore noswapfile
let s:example = argv(0)
let g:ibid_executable = argv(1)
let s:tap = argv(2)
let s:cases = 0
let s:failures = 0
set runtimepath+=/usr/share/vim-ale
let g:ale_linters = {'markdown': ['ibid']}
let g:ale_linters_explicit = 1
filetype on
runtime plugin/ale.vim

" The snippet of docs/editors.md, unchanged.
let s:page = readfile('docs/editors.md')
let s:start = index(s:page, '```vim')
execute substitute(join(s:page[s:start + 1 : index(s:page, '```', s:start + 1) - 1], "\n"), '\n\\', '', 'g')

function! s:Case(name, passed, shown) abort
  let s:cases += 1
  let s:failures += a:passed ? 0 : 1
  let l:lines = a:passed ? [] : ['# ' . string(a:shown)]
  call writefile(l:lines + [(a:passed ? 'ok ' : 'not ok ') . s:cases . ' - ' . a:name], s:tap, 'a')
endfunction

" Waits until all planted findings are shown.
function! s:Findings() abort
  for l:turn in range(300)
    let l:shown = ale#engine#GetLoclist(bufnr(''))
    if len(l:shown) >= 5
      return l:shown
    endif
    sleep 100m
  endfor
  return ale#engine#GetLoclist(bufnr(''))
endfunction

call writefile(['TAP version 13'], s:tap)
execute 'edit ' . fnameescape(s:example . '/notes/schemers.md')
setlocal filetype=markdown
call ale#Queue(0, 'lint_file')
let s:shown = s:Findings()
let s:codes = map(copy(s:shown), {_, found -> get(found, 'code', '')})
call s:Case('findings are shown under their codes', index(s:codes, 'quote-altered') >= 0, s:codes)
call s:Case('no finding is shown twice', len(uniq(sort(map(copy(s:shown), {_, found -> found.lnum . ':' . found.col . found.text})))) == len(s:shown), s:shown)

call search('clarity is always')
ALEGoToDefinition
for s:turn in range(200)
  if expand('%:t') ==# '003_8279fd142acaf4fa.txt'
    break
  endif
  sleep 100m
endfor
call s:Case('from a quotation to its source', expand('%:t') ==# '003_8279fd142acaf4fa.txt', expand('%'))

call writefile(['1..' . s:cases], s:tap, 'a')
execute s:failures ? 'cquit!' : 'qall!'
