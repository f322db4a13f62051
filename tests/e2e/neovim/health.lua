-- :checkhealth and status: before and after the server runs, with options that do not exist; a server that
-- cannot be found; a server that dies in the middle of a turn.
return function(t)
  t.options({ colour = 'red', view = { size = 'wide' }, autostart = 'yes' })
  t.edit('a.txt', 'a\n')
  local function report()
    vim.cmd('silent checkhealth smallcode')
    local text = table.concat(t.lines(), '\n')
    vim.cmd.bwipeout()
    return text
  end
  local text = report()
  t.has(text, 'vim.g.smallcode: there is no option `colour`')
  t.has(text, 'vim.g.smallcode: `view.size` must be a positive number')
  t.has(text, 'vim.g.smallcode: `autostart` must be a boolean')
  t.has(text, 'smallcode-lsp --stdio (found by the option `cmd`)')
  t.has(text, 'not running for ' .. t.project)
  vim.cmd('Smallcode status')
  t.has(t.said(), 'the server is not running here')

  t.turn('Smallcode ask hello')
  text = report()
  t.has(text, 'running for ' .. t.project)
  t.has(text, 'the model server answers')
  t.has(text, 'context window: 32768 tokens (server)')
  vim.cmd('Smallcode status')
  t.wait('the status', function()
    return t.said():find('model: scripted at ' .. t.url, 1, true)
  end)
  t.lacks(t.said(), 'vim.NIL')

  local before = t.count()
  vim.cmd('Smallcode ask wait')
  t.wait('the first words', function()
    return t.view():find('Wait', 1, true)
  end)
  for _, child in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    vim.uv.kill(child, 'sigkill')
  end
  t.eq(t.ended(before).stop_reason, 'failed')
  t.has(t.view(), '✗ the server ended')
  t.eq(t.turn('Smallcode ask again').stop_reason, 'done')
  t.has(t.view(), 'Hello.')

  t.options({ cmd = { 'no-such-program', '--stdio' } })
  local elsewhere = vim.fn.tempname()
  vim.fn.mkdir(elsewhere .. '/.git', 'p')
  vim.cmd.edit(elsewhere .. '/b.txt')
  t.eq(t.turn('Smallcode ask hello').stop_reason, 'failed')
  t.has(t.said(), 'names no-such-program, which cannot be run')
  t.has(report(), 'names no-such-program, which cannot be run')
end
