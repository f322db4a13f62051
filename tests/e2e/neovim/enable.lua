-- vim.lsp.enable('smallcode') and autostart: the server is there with the first file, once, and serves code
-- actions whose turns appear in the view.
return function(t)
  if vim.lsp.enable then
    vim.lsp.enable('smallcode')
    t.edit('a.lua', 'local x = 1\n')
    vim.bo.filetype = 'lua'
  else
    t.options({ autostart = true })
    require('smallcode').setup({})
    t.edit('a.lua', 'local x = 1\n')
  end
  -- Asked while the server still starts: there is one server all the same.
  t.eq(t.turn('Smallcode ask at once').stop_reason, 'done')
  local buf = t.edit('b.txt', 'one\n')
  t.wait('the second buffer', function()
    return vim.lsp.buf_is_attached(buf, t.client().id)
  end)
  local outside = vim.fn.tempname() .. '.txt'
  vim.cmd.edit(outside)
  t.sleep(200)
  t.eq(vim.lsp.buf_is_attached(0, t.client().id), false, 'a file elsewhere is left alone')
  vim.cmd.buffer(buf)

  local before = t.count()
  vim.lsp.buf.code_action({
    range = { start = { 1, 0 }, ['end'] = { 1, 3 } },
    filter = function(action)
      return action.title:find('Explain') ~= nil
    end,
    apply = true,
  })
  t.eq(t.ended(before).stop_reason, 'done')
  t.has(t.view(), 'It says one.')
  t.turn('Smallcode ask again')
  t.eq(#vim.lsp.get_clients({ name = 'smallcode' }), 1)
end
