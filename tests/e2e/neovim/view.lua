-- The view, fed with events: thousands of pieces in few changes, following the end unless the user scrolled
-- up, discarded replies, folds, a reply that breaks off in a code fence.
return function(t)
  local render, view = require('smallcode.render'), require('smallcode.view')
  local window = view.open()
  local buf = vim.api.nvim_win_get_buf(window)
  t.eq({ vim.bo[buf].filetype, vim.bo[buf].modifiable, vim.bo[buf].buftype }, { 'markdown', false, 'nofile' })
  local function feed(renderer, ...)
    for _, event in ipairs({ ... }) do
      renderer:event(event)
    end
    view.stream():flush()
  end
  local usage = { promptTokens = 1234567, cachedTokens = 1000000, completionTokens = 7, requests = 1 }

  local turn = render.new(t.project, 'a question\nof two lines')
  feed(
    turn,
    { type = 'request_started', step = 0, messages = 2, estimatedTokens = 10 },
    { type = 'prompt_progress', processed = 40, total = 100, cached = 0 }
  )
  local status = vim.api.nvim_buf_get_extmarks(buf, -1, 0, -1, { details = true, type = 'virt_text' })
  t.has(status[1][4].virt_text[1][1], 'reading the prompt… 40 %')
  feed(
    turn,
    { type = 'thought_chunk', text = '\n\nhm\n' },
    { type = 'thought_chunk', text = '\nso\n\n' },
    { type = 'message_chunk', text = '\n\nThe wrong ' },
    { type = 'message_chunk', text = 'answer' }
  )
  t.eq(t.view(), '# a question of two lines\n\n┊ hm\n┊ \n┊ so\n\nThe wrong answer')
  feed(turn, { type = 'reply_discarded', step = 0, reason = 'the stream broke off' })
  t.eq(t.view(), '# a question of two lines\n\n↻ asked again: the stream broke off\n')
  feed(
    turn,
    { type = 'message_chunk', text = 'Look:\n```py\nx' },
    {
      type = 'tool_call',
      callId = 'c1',
      name = 'bash',
      title = 'run ls\n-l',
      kind = 'run',
      arguments = vim.empty_dict(),
      repairs = {},
    },
    {
      type = 'tool_call_update',
      callId = 'c1',
      name = 'bash',
      status = 'failed',
      content = 'no\n```\n',
      diffs = { { path = 'a', diff = '--- a\n+++ b\n@@ -1 +1 @@\n-```\n+x\n', kind = 'changed' } },
    },
    { type = 'routed', category = 'write', confidence = 1, tools = { 'patch' } },
    { type = 'reply_corrected', step = 1, kind = 'empty reply', attempt = 1, detail = 'The reply was empty.' },
    { type = 'notice', level = 'warning', message = 'The prompt was cut.', remedy = 'Enlarge the window.' },
    {
      type = 'turn_ended',
      stopReason = 'failed',
      text = '',
      filesChanged = {},
      usage = usage,
      error = { code = 'X', message = 'It broke.', remedy = 'Mend it.' },
    }
  )
  local text = t.view()
  t.has(text, 'Look:\n```py\nx\n```\n\n✗ run ls ⏎ -l\n│ no\n│ ```\n')
  t.has(text, '\n````diff\n--- a\n+++ b\n@@ -1 +1 @@\n-```\n+x\n````\n')
  t.has(
    text,
    '↻ The reply was empty.\n⚠ The prompt was cut. Enlarge the window.\n✗ failed: It broke.\nMend it.\n'
  )
  t.has(text, '1 request · 1,234,567 tokens read (81 % from the cache) · 7 written · ')
  t.eq(vim.api.nvim_buf_get_extmarks(buf, -1, 0, -1, { type = 'virt_text' }), {}, 'no status is left')

  vim.api.nvim_win_call(window, function()
    local call = vim.fn.search('^✗ run')
    t.eq({ vim.fn.foldclosed(call), vim.fn.foldclosedend(call) }, { call, call + 2 }, 'the output is folded')
    t.eq(vim.fn.foldtextresult(call), '✗ run ls ⏎ -l (2 lines)')
    vim.cmd.normal('G')
  end)

  -- A plan is shown once, and its marks go forward.
  local function plan(first, second)
    return {
      type = 'plan_updated',
      source = 'request',
      steps = {
        { text = 'Change a.py', status = first, batch = 1 },
        { text = 'Change b.py', status = second, batch = 1 },
      },
    }
  end
  turn = render.new(t.project, 'planned')
  feed(turn, plan('current', 'open'), { type = 'message_chunk', text = 'Now.' }, plan('done', 'current'))
  t.has(t.view(), '# planned\n\n✓ 1. Change a.py\n→ 2. Change b.py\n(in any order: 1, 2)\n\nNow.')

  -- Thousands of pieces: few changes of the buffer, and the end in sight.
  turn = render.new(t.project, 'much')
  view.stream():flush()
  local changes, begun = vim.b[buf].changedtick, vim.uv.hrtime()
  for index = 1, 5000 do
    turn:event({ type = 'message_chunk', text = index % 10 == 0 and 'word\n' or 'word ' })
    if index % 500 == 0 then
      t.sleep(20)
    end
  end
  view.stream():flush()
  assert(vim.b[buf].changedtick - changes < 100, 'thousands of pieces are few changes')
  assert(vim.uv.hrtime() - begun < 5e9, 'and take no time to speak of')
  local count = vim.api.nvim_buf_line_count(buf)
  t.eq(vim.api.nvim_win_get_cursor(window)[1], count, 'the end is followed')
  vim.api.nvim_win_set_cursor(window, { 10, 0 })
  feed(turn, { type = 'message_chunk', text = '\nmore\n\nand more' })
  t.eq(vim.api.nvim_win_get_cursor(window)[1], 10, 'unless the user went up')
  assert(vim.api.nvim_buf_line_count(buf) > count)

  -- Closed by the user it stays closed; wiped it comes back with the next turn.
  vim.cmd('Smallcode close')
  t.eq(vim.fn.win_findbuf(buf), {})
  feed(turn, { type = 'message_chunk', text = 'unseen' })
  vim.api.nvim_buf_delete(buf, { force = true })
  feed(
    turn,
    { type = 'message_chunk', text = 'nowhere' },
    { type = 'request_started', step = 1, messages = 2, estimatedTokens = 10 },
    { type = 'usage', usage = usage, window = 100 },
    { type = 'notice', level = 'info', message = 'nor this', remedy = '' }
  )
  turn:failed('nor that')
  vim.cmd('Smallcode')
  render.new(t.project, 'once more')
  view.stream():flush()
  t.eq(t.view(), '# once more\n\n')
end
