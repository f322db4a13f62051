--- The one place that knows how Neovim 0.10 differs from what came after.
local M = {}

local modern = vim.fn.has('nvim-0.11') == 1

--- Clients have methods from 0.11 on, and functions bound to them before.
---@param client vim.lsp.Client
---@param name string
---@return any ...
local function call(client, name, ...)
  if modern then
    return client[name](client, ...)
  end
  return client[name](...)
end

--- Without a buffer every buffer's pending changes are sent first.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param handler fun(err: table?, result: any)
---@return integer? request_id nil where the server is gone
function M.request(client, method, params, handler)
  local sent, id = call(client, 'request', method, params, function(err, result)
    handler(M.plain(err), M.plain(result))
  end)
  return sent and id or nil
end

---@param client vim.lsp.Client
---@param method string
---@param params table
function M.notify(client, method, params)
  call(client, 'notify', method, params)
end

---@param client vim.lsp.Client
---@param id integer
function M.cancel(client, id)
  call(client, 'cancel_request', id)
end

---@param client vim.lsp.Client
---@param force? boolean
function M.stop(client, force)
  call(client, 'stop', force)
end

--- Start a client without attaching a buffer to it.
---@param config table
---@return integer? client_id
function M.start(config)
  if modern then
    return vim.lsp.start(config, { attach = false })
  end
  return (vim.lsp.start_client(config))
end

--- A JSON null is absent on 0.10 and `vim.NIL` later: here it is always absent.
---@generic T
---@param value T
---@return T
function M.plain(value)
  if value == vim.NIL then
    return nil
  elseif type(value) ~= 'table' then
    return value
  end
  local copy = {}
  for key, item in pairs(value) do
    copy[key] = M.plain(item)
  end
  return copy
end

--- Byte offset of an LSP character in a line; the line's end where it lies behind that.
---@param line string
---@param character integer
---@param encoding string
---@return integer
function M.to_byte(line, character, encoding)
  if encoding == 'utf-8' then
    return math.min(character, #line)
  elseif modern then
    return vim.str_byteindex(line, encoding, character, false)
  end
  local ok, byte = pcall(vim.str_byteindex, line, character, encoding == 'utf-16')
  return ok and byte or #line
end

--- LSP character of a byte offset in a line.
---@param line string
---@param byte integer
---@param encoding string
---@return integer
function M.to_character(line, byte, encoding)
  byte = math.min(byte, #line)
  if encoding == 'utf-8' then
    return byte
  elseif modern then
    return vim.str_utfindex(line, encoding, byte, false)
  end
  local utf32, utf16 = vim.str_utfindex(line, byte)
  return encoding == 'utf-16' and utf16 or utf32
end

return M
