-- What a command is about: a range, a diagnostic at the cursor, a selection by keys; the diagnostics of the
-- editor's other servers go along. tests/e2e/test_neovim.py looks at what the model was asked.
return function(t)
  local buf = t.edit('a.py', 'import os\nx = yy\nprint(x)\n')
  vim.cmd('Smallcode fix')
  t.has(t.said(), 'no diagnostic at the cursor')
  t.eq(t.count(), 0)
  vim.diagnostic.set(vim.api.nvim_create_namespace('test'), buf, {
    {
      lnum = 1,
      col = 4,
      end_lnum = 1,
      end_col = 6,
      message = 'undefined name yy',
      source = 'pyflakes',
      severity = 1,
    },
    {
      lnum = 0,
      col = 0,
      end_lnum = 0,
      end_col = 9,
      message = 'os is not used',
      source = 'pyflakes',
      severity = 2,
    },
  })
  vim.api.nvim_win_set_cursor(0, { 2, 5 })
  t.turn('Smallcode fix')
  t.has(t.view(), '# Fix what is reported here: undefined name yy\na.py:2-2 · 1 diagnostic\n')
  t.turn('1,2Smallcode explain why is this wrong')
  t.has(t.view(), '# why is this wrong\na.py:1-2 · 2 diagnostics\n')

  vim.keymap.set('x', 'gx', '<Plug>(smallcode-explain)')
  local before = t.count()
  t.keys('ggVjgx')
  t.ended(before)
  t.has(t.view(), '# Explain what is reported here: ')

  -- Asked from the view, a question is about the file beside it.
  vim.cmd.wincmd('w')
  t.eq(vim.bo.filetype, 'markdown')
  t.turn('Smallcode ask and this')
  t.has(t.view(), '# and this\na.py\n')

  vim.cmd('1Smallcode stop')
  t.has(t.said(), '`stop` takes no range')
  vim.cmd('Smallcode nonsense')
  t.has(t.said(), 'there is no `nonsense`; there are ask, close, explain')
  t.eq(vim.fn.getcompletion('Smallcode s', 'cmdline'), { 'status', 'stop' })
  t.eq(vim.fn.getcompletion('2,3Smallcode ex', 'cmdline'), { 'explain' })
  t.eq(vim.fn.getcompletion('Smallcode ask s', 'cmdline'), {})

  vim.ui.input = function(_, done)
    done('from the prompt')
  end
  vim.cmd.wincmd('p')
  t.turn('Smallcode ask')
  t.has(t.view(), '# from the prompt\n')
end
