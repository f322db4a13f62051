-- What the user types while a turn runs is theirs: it is not lost, not swept into the turn's step of undo, and
-- an edit for a text that is no longer there is refused.
return function(t)
  local edits = require('smallcode.edits')
  local buf = t.edit('a.txt', 'one\ntwo\nthree\nfour\n')
  local before = t.count()
  vim.cmd('Smallcode ask change one and three')
  t.wait('the first edit', function()
    return t.lines(buf)[1] == 'ONE'
  end)
  t.keys('Gotyped<Esc>')
  t.eq(t.ended(before).stop_reason, 'done')
  t.eq(t.lines(buf), { 'ONE', 'two', 'THREE', 'four', 'typed' })
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'ONE', 'two', 'three', 'four', 'typed' }, 'the edit after the typing')
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'ONE', 'two', 'three', 'four' }, 'the typing')
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'one', 'two', 'three', 'four' }, 'the edit before it')

  local lsp = t.client()
  local function apply(version, line, text)
    return edits.apply(lsp.id, {
      documentChanges = {
        {
          textDocument = { uri = vim.uri_from_bufnr(buf), version = version },
          edits = {
            {
              range = { start = { line = line, character = 0 }, ['end'] = { line = line, character = 3 } },
              newText = text,
            },
          },
        },
      },
    }, lsp.offset_encoding)
  end
  local version = function()
    return vim.lsp.util.buf_versions[buf]
  end

  -- Stale: refused, with the reason, and nothing changed.
  local stale = apply(version() - 1, 0, 'xxx')
  t.eq(stale.applied, false)
  t.has(stale.failureReason, 'a.txt has changed since')
  t.eq(t.lines(buf)[1], 'one')

  -- The user undoes in the middle of a turn: the next edit begins a step of its own.
  edits.begin(lsp.id)
  t.eq(apply(version(), 0, 'abc'), { applied = true })
  t.eq(apply(version(), 1, 'def'), { applied = true })
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'one', 'two', 'three', 'four' })
  t.eq(apply(version(), 0, 'ghi'), { applied = true })
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'one', 'two', 'three', 'four' })

  -- In Insert mode the user's step is open: the edit does not become part of it.
  edits.begin(lsp.id)
  t.keys('Goinsert')
  t.wait('the typing', function()
    return t.lines(buf)[5] == 'insert'
  end)
  t.eq(apply(version(), 0, 'xyz'), { applied = true })
  t.keys('<Esc>')
  t.wait('Normal mode', function()
    return vim.api.nvim_get_mode().mode == 'n'
  end)
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'one', 'two', 'three', 'four', 'insert' })
  vim.cmd('silent undo')
  t.eq(t.lines(buf), { 'one', 'two', 'three', 'four' })

  vim.bo[buf].modifiable = false
  local refused = apply(version(), 0, 'no!')
  t.eq(refused.applied, false)
  t.has(refused.failureReason, "'modifiable' is off")
end
