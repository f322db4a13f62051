--- What the editor's other language servers report: a language server cannot see that by itself.
local compat = require('smallcode.compat')

local api = vim.api

local M = {}

-- A linter publishes several times while it works; only the last word is sent. Milliseconds.
local QUIET = 200

-- A generated file can have thousands; a small model has use for few.
local MOST = 100

---@type table<string, string> by client and buffer: what was sent last, and for which version
local sent = {}

---@type table<integer, integer> by buffer: its version when diagnostics came last
local versions = {}

---@type table<integer, uv.uv_timer_t> by buffer
local timers = {}

---@param buf integer
---@param row integer
---@param byte integer
---@param encoding string
---@return table Position
function M.position(buf, row, byte, encoding)
  local line = api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ''
  return { line = row, character = compat.to_character(line, byte, encoding) }
end

--- Whole lines, from 1, both included.
---@param buf integer
---@param first integer
---@param last integer
---@param encoding string
---@return table Range
function M.line_range(buf, first, last, encoding)
  return {
    start = { line = first - 1, character = 0 },
    ['end'] = M.position(buf, last - 1, math.huge, encoding),
  }
end

---@param buf integer
---@param found vim.Diagnostic[]
---@param encoding string
---@return table[]
local function to_lsp(buf, found, encoding)
  table.sort(found, function(a, b)
    if a.severity ~= b.severity then
      return a.severity < b.severity
    end
    return a.lnum < b.lnum
  end)
  local list = {}
  for index = 1, math.min(#found, MOST) do
    local it = found[index]
    list[index] = {
      range = {
        start = M.position(buf, it.lnum, it.col, encoding),
        ['end'] = M.position(buf, it.end_lnum or it.lnum, it.end_col or it.col, encoding),
      },
      message = it.message,
      severity = it.severity,
      source = it.source,
    }
  end
  return list
end

--- Those that touch lines `first` to `last`, counted from 1.
---@param buf integer
---@param first integer
---@param last integer
---@return vim.Diagnostic[]
function M.touching(buf, first, last)
  return vim.tbl_filter(function(it)
    return it.lnum <= last - 1 and (it.end_lnum or it.lnum) >= first - 1
  end, vim.diagnostic.get(buf))
end

M.to_lsp = to_lsp

--- Tell the server about a buffer, if there is anything new to tell. That a newer version has the same
--- diagnostics, or none, is new: after an edit the server waits for that word.
---@param client vim.lsp.Client
---@param buf integer
function M.send(client, buf)
  local list = to_lsp(buf, vim.diagnostic.get(buf), client.offset_encoding)
  local version = versions[buf] or vim.lsp.util.buf_versions[buf]
  local key, text = client.id .. ':' .. buf, (version or '') .. vim.json.encode(list)
  if sent[key] == text then
    return
  end
  sent[key] = text
  compat.notify(client, 'smallcode/diagnostics', {
    uri = vim.uri_from_bufnr(buf),
    diagnostics = list,
    version = version,
  })
end

local function send_soon(buf)
  local timer = timers[buf] or vim.uv.new_timer()
  timers[buf] = timer
  timer:start(
    QUIET,
    0,
    vim.schedule_wrap(function()
      timer:stop()
      if not api.nvim_buf_is_loaded(buf) then
        return
      end
      for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf, name = require('smallcode.client').NAME })) do
        M.send(client, buf)
      end
    end)
  )
end

--- Send from now on what changes.
function M.watch()
  local group = api.nvim_create_augroup('smallcode.diagnostics', {})
  api.nvim_create_autocmd('DiagnosticChanged', {
    group = group,
    desc = "Tell SmallCode what the editor's other servers report",
    callback = function(event)
      -- By the time they are sent the buffer may have changed, and they are not about that.
      versions[event.buf] = vim.lsp.util.buf_versions[event.buf]
      send_soon(event.buf)
    end,
  })
  api.nvim_create_autocmd('BufWipeout', {
    group = group,
    callback = function(event)
      versions[event.buf] = nil
      if timers[event.buf] then
        timers[event.buf]:close()
        timers[event.buf] = nil
      end
      for key in pairs(sent) do
        if key:match(':(%d+)$') == tostring(event.buf) then
          sent[key] = nil
        end
      end
    end,
  })
end

return M
