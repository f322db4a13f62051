-- Before a shell command runs, what the turn changed is on the disk, through the user's own autocommands, and
-- all of it is one step of undo; what the command changes on the disk comes back into the buffers.
return function(t)
  local other = t.edit('other.txt', 'old\n')
  local unsaved = t.edit('mine.txt', 'mine\n')
  vim.api.nvim_buf_set_lines(unsaved, 0, -1, true, { 'not to be saved' })
  local buf = t.edit('a.txt', 'one\ntwo\n')
  vim.api.nvim_create_autocmd('BufWritePre', {
    buffer = buf,
    callback = function()
      vim.cmd([[silent! %s/\s\+$//]])
    end,
  })
  local before = t.lines(buf)
  t.eq(t.turn('Smallcode ask go').stop_reason, 'done')
  t.eq(t.read('seen.txt'), 'ONE\ntwo\n', 'the command saw the edit, formatted')
  t.eq(t.lines(buf), { 'ONE', 'TWO' })
  t.eq(vim.bo[buf].modified, true, 'the edit after the command is not saved')
  t.eq(t.lines(other), { 'new' }, 'what the command changed is read again')
  t.eq(t.read('mine.txt'), 'mine\n', "the user's own unsaved work stays as it is")
  t.has(t.view(), '✓ run cat a.txt')
  vim.cmd('silent undo')
  t.eq(t.lines(buf), before, 'one step of undo, the formatter included')

  -- A file that changed on the disk meanwhile is not overwritten: the command does not run.
  vim.cmd('silent redo')
  local disk = require('smallcode.disk')
  t.write('a.txt', 'by another program\n')
  t.eq(disk.save({ vim.uri_from_bufnr(buf) }), { saved = {} })
  t.has(t.said(), 'a.txt is not saved: the file has changed on the disk')
  t.eq(t.read('a.txt'), 'by another program\n')
  vim.bo[unsaved].readonly = true
  t.eq(disk.save({ vim.uri_from_bufnr(unsaved) }), { saved = {} })
  t.has(t.said(), "mine.txt is not saved: 'readonly' is set")
  t.eq(vim.json.encode(disk.save({})), '{"saved":[]}')
end
