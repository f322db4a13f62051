-- Stop: the turn ends as cancelled, what was said so far stays in sight, and the next question works.
return function(t)
  t.edit('a.txt', 'one\n')
  local before = t.count()
  vim.cmd('Smallcode ask wait for ever')
  t.wait('the first words', function()
    return t.view():find('This will take', 1, true)
  end)
  vim.cmd('Smallcode ask another one meanwhile')
  t.has(t.said(), 'a turn is under way here')
  vim.cmd('Smallcode stop')
  local ending = t.ended(before)
  t.eq(ending.stop_reason, 'cancelled')
  t.has(t.view(), '■ stopped by you')

  t.eq(t.turn('Smallcode ask and now').stop_reason, 'done')
  t.has(t.view(), '\nHere I am.\n\n✓ done')
  vim.cmd('Smallcode stop')
  t.has(t.said(), 'no turn is under way here')

  -- The same for a turn that another client feature started: the server's command of a code action.
  local lsp = t.client()
  before = t.count()
  require('smallcode.compat').request(lsp, 'smallcode/session/new', vim.empty_dict(), function(_, result)
    require('smallcode.compat').request(lsp, 'workspace/executeCommand', {
      command = 'smallcode.server.ask',
      arguments = { { prompt = 'by a code action', sessionId = result.sessionId } },
    }, function() end)
  end)
  t.wait('its question', function()
    return t.view():find('# by a code action.*This will take')
  end)
  vim.cmd('Smallcode stop')
  t.eq(t.ended(before).stop_reason, 'cancelled')
end
