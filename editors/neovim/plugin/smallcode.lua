-- What costs nothing at start-up: the command, the maps to build on, and an autocommand for those who want
-- the server from the first file on. The rest is loaded at first use.
if vim.g.loaded_smallcode then
  return
end
vim.g.loaded_smallcode = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('smallcode needs Neovim 0.10 or newer', vim.log.levels.ERROR)
  return
end

vim.api.nvim_create_user_command('Smallcode', function(command)
  require('smallcode.commands').run(command)
end, {
  nargs = '*',
  range = true,
  desc = 'SmallCode: ask, fix, explain, stop, undo, status, new, open, close',
  complete = function(lead, line)
    return require('smallcode.commands').complete(lead, line)
  end,
})

for _, name in ipairs({ 'ask', 'fix', 'explain' }) do
  local plug = ('<Plug>(smallcode-%s)'):format(name)
  vim.keymap.set('n', plug, ('<Cmd>Smallcode %s<CR>'):format(name), { desc = 'SmallCode: ' .. name })
  vim.keymap.set('x', plug, (':Smallcode %s<CR>'):format(name), { desc = 'SmallCode: ' .. name })
end
for _, name in ipairs({ 'stop', 'undo', 'status', 'new', 'toggle' }) do
  local plug = ('<Plug>(smallcode-%s)'):format(name)
  vim.keymap.set('n', plug, ('<Cmd>Smallcode %s<CR>'):format(name), { desc = 'SmallCode: ' .. name })
end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('smallcode.autostart', {}),
  desc = 'Start the SmallCode server where the option autostart asks for it',
  callback = function(event)
    local given = vim.g.smallcode
    if package.loaded['smallcode.config'] or (type(given) == 'table' and given.autostart) then
      require('smallcode.client').autostart(event.buf)
    end
  end,
})
