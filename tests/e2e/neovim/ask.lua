-- A question about an unsaved buffer, in a folder whose name has a space: what the model reads and changes is
-- the buffer, not the disk; what is shown; two edits of a turn are one step of undo.
return function(t)
  t.has(t.project, ' ', 'the folder')
  local buf = t.edit('src/calc.py', 'def add(a, b):\n    return 0\n')
  vim.api.nvim_buf_set_lines(buf, 1, 2, true, { '    return a - b  # unsaved' })
  vim.api.nvim_buf_set_lines(buf, 2, 2, true, { '', '', 'def mul(a, b):', '    return a + b' })
  local before = t.lines(buf)

  local ending = t.turn('Smallcode ask make both right | "and quick"')
  t.eq(ending.stop_reason, 'done')
  t.eq(t.lines(buf), {
    'def add(a, b):',
    '    return a + b  # unsaved',
    '',
    '',
    'def mul(a, b):',
    '    return a * b',
  })
  t.eq(t.read('src/calc.py'), 'def add(a, b):\n    return 0\n', 'the disk is unchanged')
  t.eq(vim.bo[buf].modified, true)

  local view = t.view()
  t.has(view, '# make both right | "and quick"\nsrc/calc.py\n', 'the question')
  t.has(view, '┊ First the file.\n┊ Then the edits.\n', 'the thoughts')
  t.has(view, '✓ read src/calc.py\n│ ', 'the call and its output')
  t.has(view, '\n-    return a - b  # unsaved\n+    return a + b  # unsaved\n', 'the diff')
  t.has(view, '\nBoth are right now.\n\n✓ done\nchanged: src/calc.py\n4 requests · ', 'the end')
  t.lacks(view, '⋯', 'no call is left open')
  t.eq(vim.api.nvim_get_current_buf(), buf, 'the cursor stays')

  vim.cmd('silent undo')
  t.eq(t.lines(buf), before, 'one step of undo')
  vim.cmd('silent redo')
  vim.cmd('Smallcode undo')
  t.wait('the undo', function()
    return vim.deep_equal(t.lines(buf), before)
  end)
  t.wait('the message', function()
    return t.said():find('restored src/calc.py', 1, true)
  end)
end
