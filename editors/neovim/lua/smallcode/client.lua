--- The language client: one for each root, attached to every file buffer under it, so that edits to what is
--- open go through the buffers.
local compat = require('smallcode.compat')
local config = require('smallcode.config')

local api = vim.api

local M = {}

M.NAME = 'smallcode'
M.PROTOCOL_VERSION = 1

---@type table<integer, (fun(client: vim.lsp.Client?))[]> by client id: who waits for it to be initialized
local waiting = {}

---@type table<string, integer> by root: the client that is being started; Neovim does not list it yet
local starting = {}

---@param message string
---@param level? integer
function M.notify(message, level)
  vim.notify('smallcode: ' .. message, level or vim.log.levels.INFO)
end

-- Roots and buffers ------------------------------------------------------------------------------------

---@param buf integer
---@return boolean
function M.is_file(buf)
  local name = api.nvim_buf_get_name(buf)
  return api.nvim_buf_is_loaded(buf)
    and vim.bo[buf].buftype == ''
    and name ~= ''
    and not name:match('^%a[%w+.-]+://')
    and vim.fn.isdirectory(name) == 0
end

--- The real path, also of a file that is not there yet.
---@param path string
---@return string
local function real(path)
  local found = vim.uv.fs_realpath(path)
  if not found then
    local folder = vim.uv.fs_realpath(vim.fs.dirname(path))
    found = folder and vim.fs.joinpath(folder, vim.fs.basename(path)) or path
  end
  return vim.fs.normalize(found)
end

---@param buf integer
---@param root string
---@return boolean
function M.belongs(buf, root)
  return M.is_file(buf) and vim.startswith(real(api.nvim_buf_get_name(buf)), real(root):gsub('/$', '') .. '/')
end

--- Where a buffer belongs: the repository of its file, else the current folder.
---@param buf integer
---@return string
function M.root_of(buf)
  local markers = config.get().root_markers
  local here = vim.b[buf].smallcode_root
  if here then
    return here
  end
  local cwd = vim.fs.normalize(assert(vim.uv.cwd()))
  local found = M.is_file(buf) and vim.fs.root(api.nvim_buf_get_name(buf), markers)
  return vim.fs.normalize(found or vim.fs.root(cwd, markers) or cwd)
end

--- The buffer that a question is about: the current one, or the one that was left for the view.
---@return integer?
function M.context_buffer()
  for _, window in ipairs({ vim.fn.winnr(), vim.fn.winnr('#') }) do
    local buf = vim.fn.winbufnr(window)
    if buf > 0 and M.is_file(buf) then
      return buf
    end
  end
end

---@param root string
---@return vim.lsp.Client?
function M.get(root)
  for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
    if client.config.root_dir == root and not client.rpc.is_closing() then
      return client
    end
  end
  return starting[root] and vim.lsp.get_client_by_id(starting[root])
end

---@param client vim.lsp.Client
---@param buf integer
local function attach(client, buf)
  if not vim.lsp.buf_is_attached(buf, client.id) and M.belongs(buf, client.config.root_dir) then
    vim.lsp.buf_attach_client(buf, client.id)
  end
end

local function attach_everywhere(client)
  for _, buf in ipairs(api.nvim_list_bufs()) do
    attach(client, buf)
  end
end

local function attach_from_now_on()
  api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile', 'BufFilePost', 'BufWritePost' }, {
    group = api.nvim_create_augroup('smallcode.attach', {}),
    desc = 'Attach the SmallCode client to files under its root',
    callback = function(event)
      for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
        attach(client, event.buf)
      end
    end,
  })
end

-- The client's configuration ----------------------------------------------------------------------------

local function capabilities()
  return vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), {
    experimental = {
      smallcode = { protocolVersion = M.PROTOCOL_VERSION, save = true, permission = true, update = true },
    },
  })
end

local function handlers()
  return {
    ['smallcode/update'] = function(_, params, ctx)
      require('smallcode.turns').on_update(ctx.client_id, compat.plain(params))
    end,
    ['smallcode/permission'] = function(_, params, ctx)
      return require('smallcode.permission').handler(ctx.client_id, compat.plain(params))
    end,
    ['smallcode/save'] = function(_, params)
      return require('smallcode.disk').save(params.uris)
    end,
    ['workspace/applyEdit'] = function(_, params, ctx)
      local client = assert(vim.lsp.get_client_by_id(ctx.client_id))
      return require('smallcode.edits').apply(client.id, compat.plain(params.edit), client.offset_encoding)
    end,
  }
end

local function tell(client_id, client)
  for root, id in pairs(starting) do
    starting[root] = id ~= client_id and id or nil
  end
  local queue = waiting[client_id] or {}
  waiting[client_id] = nil
  for _, callback in ipairs(queue) do
    callback(client)
  end
end

---@param code integer
---@param signal integer
---@param client_id integer
local function on_exit(code, signal, client_id)
  vim.schedule(function()
    local unexpected = waiting[client_id] ~= nil or code ~= 0
    tell(client_id, nil)
    require('smallcode.permission').forget(client_id)
    require('smallcode.turns').lost(client_id, code, signal)
    if unexpected and vim.v.exiting == vim.NIL then
      M.notify(
        ('the server ended with status %d; see :checkhealth smallcode and %s'):format(
          code,
          vim.lsp.log.get_filename()
        ),
        vim.log.levels.ERROR
      )
    end
  end)
end

local function on_init(client)
  attach_from_now_on()
  require('smallcode.diagnostics').watch()
  vim.schedule(function()
    attach_everywhere(client)
    tell(client.id, client)
  end)
end

local function base_config()
  return {
    name = M.NAME,
    capabilities = capabilities(),
    handlers = handlers(),
    on_init = on_init,
    on_exit = on_exit,
    on_attach = function(client, buf)
      require('smallcode.disk').watch(buf)
      require('smallcode.diagnostics').send(client, buf)
    end,
    before_init = function(params, this)
      params.initializationOptions = config.for_server(this.root_dir)
    end,
  }
end

--- What lsp/smallcode.lua hands to vim.lsp.enable().
---@return table
function M.enable_config()
  return vim.tbl_extend('error', base_config(), {
    cmd = function(dispatchers, this)
      local cmd, why = require('smallcode.server').find(this.root_dir)
      if not cmd then
        error(why, 0)
      end
      return vim.lsp.rpc.start(cmd, dispatchers, { cwd = this.root_dir })
    end,
    root_dir = function(buf, on_dir)
      local root = M.root_of(buf)
      if M.belongs(buf, root) then
        on_dir(root)
      end
    end,
  })
end

-- Starting and asking -----------------------------------------------------------------------------------

---@param root string
---@return vim.lsp.Client?
local function start(root)
  local cmd, why = require('smallcode.server').find(root)
  if not cmd then
    M.notify(why, vim.log.levels.ERROR)
    return nil
  end
  starting[root] =
    compat.start(vim.tbl_extend('error', base_config(), { cmd = cmd, cmd_cwd = root, root_dir = root }))
  return starting[root] and vim.lsp.get_client_by_id(starting[root])
end

--- The client for a buffer's root, started where there is none yet; the callback gets nil where it cannot be
--- had, and the user has been told why by then.
---@param buf integer
---@param callback fun(client: vim.lsp.Client?)
function M.with(buf, callback)
  local root = M.root_of(buf)
  local client = M.get(root) or start(root)
  if not client or client.initialized then
    return callback(client)
  end
  waiting[client.id] = waiting[client.id] or {}
  table.insert(waiting[client.id], callback)
end

---@param buf integer
function M.autostart(buf)
  if config.get().autostart and M.belongs(buf, M.root_of(buf)) then
    M.with(buf, function() end)
  end
end

return M
