--- Buffers and their files: saving what a shell command is about to use, and taking in what it changed.
---
--- Saving runs the user's autocommands like any `:write`: a formatter, `editorconfig` or another server's
--- didSave belongs to what saving means in their project, and without them the disk would hold a text that no
--- later `:write` mends. What they change joins the turn's step of undo, and reaches the server as any change.
local edits = require('smallcode.edits')

local api = vim.api

local M = {}

---@type table<integer, uv.fs_stat.result|false> by buffer: the file as it was last read or written
local known = {}

local function stat(buf)
  return vim.uv.fs_stat(api.nvim_buf_get_name(buf)) or false
end

---@param buf integer
---@return boolean
local function changed_on_disk(buf)
  local before, now = known[buf], stat(buf)
  if not now or before == nil then
    return false
  elseif not before then
    return true
  end
  return before.size ~= now.size or before.mtime.sec ~= now.mtime.sec or before.mtime.nsec ~= now.mtime.nsec
end

--- Remember the state of a buffer's file from now on.
---@param buf integer
function M.watch(buf)
  if known[buf] ~= nil then
    return
  end
  known[buf] = stat(buf)
  local group = api.nvim_create_augroup('smallcode.disk.' .. buf, {})
  api.nvim_create_autocmd({ 'BufReadPost', 'BufWritePost', 'FileChangedShellPost', 'BufFilePost' }, {
    group = group,
    buffer = buf,
    desc = 'Remember when the file was last read or written',
    callback = function()
      known[buf] = stat(buf)
    end,
  })
  api.nvim_create_autocmd('BufUnload', {
    group = group,
    buffer = buf,
    callback = function()
      known[buf] = nil
      pcall(api.nvim_del_augroup_by_id, group)
    end,
  })
end

--- What would make `:write` ask a question is refused instead: a prompt would stop the editor.
---@param buf integer
---@return string? problem
local function write(buf)
  if not vim.bo[buf].modified then
    return nil
  elseif vim.bo[buf].readonly then
    return "'readonly' is set"
  elseif changed_on_disk(buf) then
    return 'the file has changed on the disk since it was read; reload it with :edit! or overwrite it with :write!'
  end
  local ok, err
  edits.continue_step(buf, function()
    ok, err = pcall(api.nvim_buf_call, buf, function()
      vim.cmd('silent keepalt update ++p')
    end)
  end)
  if not ok then
    return (tostring(err):gsub('^.-(E%d+:)', '%1'))
  elseif vim.bo[buf].modified then
    return 'it is still modified after :update'
  end
end

--- Handler of smallcode/save.
---@param uris string[]
---@return { saved: string[] }
function M.save(uris)
  local saved = {}
  for _, uri in ipairs(uris) do
    local buf = vim.uri_to_bufnr(uri)
    local problem = api.nvim_buf_is_loaded(buf) and write(buf)
    if problem then
      local name = vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
      require('smallcode.client').notify(('%s is not saved: %s'):format(name, problem), vim.log.levels.WARN)
    else
      saved[#saved + 1] = uri
    end
  end
  return { saved = saved }
end

--- Read again what a command of the turn changed on the disk, where the buffer holds nothing that would be
--- lost by it. Neovim's own check comes with the next focus only, too late for the turn's next edit.
function M.reload()
  for buf in pairs(known) do
    if api.nvim_buf_is_loaded(buf) and not vim.bo[buf].modified and changed_on_disk(buf) then
      -- The autocommand answers in the place of the dialog that users without 'autoread' would get.
      local id = api.nvim_create_autocmd('FileChangedShell', {
        buffer = buf,
        callback = function()
          vim.v.fcs_choice = 'reload'
        end,
      })
      pcall(vim.cmd, 'silent checktime ' .. buf)
      pcall(api.nvim_del_autocmd, id)
      known[buf] = stat(buf)
    end
  end
end

return M
