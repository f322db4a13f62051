--- The functions behind `:Smallcode`, for maps and other plugins.
local client = require('smallcode.client')
local compat = require('smallcode.compat')
local diagnostics = require('smallcode.diagnostics')
local turns = require('smallcode.turns')
local view = require('smallcode.view')

local api = vim.api

local M = {}

---@class smallcode.Lines
---@field first integer from 1
---@field last integer

--- Where the cursor is in the window that shows a buffer.
---@param buf integer
---@param encoding string
---@return table? position
local function cursor_in(buf, encoding)
  local window = vim.fn.bufwinid(buf)
  if window == -1 then
    return nil
  end
  local row, byte = unpack(api.nvim_win_get_cursor(window))
  return diagnostics.position(buf, row - 1, byte, encoding)
end

--- Options; calling it is optional, `vim.g.smallcode` does the same.
---@param options? table
function M.setup(options)
  require('smallcode.config').setup(options)
end

---@param buf integer
---@return string
local function short_name(buf)
  return vim.fn.fnamemodify(api.nvim_buf_get_name(buf), ':~:.')
end

---@param prompt string
---@param lines? smallcode.Lines
---@param found? vim.Diagnostic[]
local function start(prompt, lines, found)
  local buf = client.context_buffer()
  local about
  if buf and lines then
    local count = found and #found or 0
    about = ('%s:%d-%d'):format(short_name(buf), lines.first, lines.last)
      .. (count > 0 and (' · %d %s'):format(count, count == 1 and 'diagnostic' or 'diagnostics') or '')
  elseif buf then
    about = short_name(buf)
  end
  turns.start({
    buf = buf or api.nvim_get_current_buf(),
    prompt = prompt,
    about = about,
    params = function(encoding)
      local params = {}
      if buf and client.belongs(buf, client.root_of(buf)) then
        params.textDocument = { uri = vim.uri_from_bufnr(buf) }
        params.range = lines and diagnostics.line_range(buf, lines.first, lines.last, encoding)
        params.cursor = cursor_in(buf, encoding)
        params.diagnostics = found and #found > 0 and diagnostics.to_lsp(buf, found, encoding) or nil
      end
      return params
    end,
  })
end

--- Ask something, about the given lines if there are any; without a prompt the user is asked for it.
---@param prompt? string
---@param lines? smallcode.Lines
function M.ask(prompt, lines)
  if prompt and prompt:match('%S') then
    return start(prompt, lines)
  end
  vim.ui.input({ prompt = 'Ask SmallCode: ' }, function(input)
    if input and input:match('%S') then
      start(input, lines)
    end
  end)
end

--- The lines that a command without a range is about: that of the cursor, with what the editor's servers
--- say about it.
---@return integer? buf
---@return smallcode.Lines? lines
---@return vim.Diagnostic[] found
local function at_cursor()
  local buf = client.context_buffer()
  if not buf then
    return nil, nil, {}
  end
  local window = vim.fn.bufwinid(buf)
  local line = api.nvim_win_get_cursor(window)[1]
  local found = diagnostics.touching(buf, line, line)
  local lines = { first = line, last = line }
  for _, it in ipairs(found) do
    lines.first = math.min(lines.first, it.lnum + 1)
    lines.last = math.max(lines.last, (it.end_lnum or it.lnum) + 1)
  end
  return buf, lines, found
end

---@param lines? smallcode.Lines
---@return smallcode.Lines? lines
---@return vim.Diagnostic[] found
local function scope(lines)
  local buf = client.context_buffer()
  if lines and buf then
    return lines, diagnostics.touching(buf, lines.first, lines.last)
  end
  local _, here, found = at_cursor()
  return here, found
end

---@param found vim.Diagnostic[]
---@return string
local function messages(found)
  return table.concat(
    vim.tbl_map(function(it)
      return it.message
    end, found),
    '; '
  )
end

--- Fix the given lines, or the problem at the cursor.
---@param words? string what to do, in the user's words
---@param lines? smallcode.Lines
function M.fix(words, lines)
  local given = words and words:match('%S') and words
  local where, found = scope(lines)
  if not where then
    return client.notify('there is no file here to fix', vim.log.levels.WARN)
  elseif not lines and not given and #found == 0 then
    return client.notify('no diagnostic at the cursor: select lines, or say what to fix', vim.log.levels.WARN)
  end
  local default = #found > 0 and ('Fix what is reported here: %s'):format(messages(found))
    or 'Find and fix what is wrong in the selected code. Change only what has to change.'
  start(given or default, where, found)
end

--- Explain the given lines, or the line of the cursor with its diagnostics.
---@param words? string
---@param lines? smallcode.Lines
function M.explain(words, lines)
  local given = words and words:match('%S') and words
  local where, found = scope(lines)
  if not where then
    return client.notify('there is no file here to explain', vim.log.levels.WARN)
  end
  local default = #found > 0
      and ('Explain what is reported here: %s. Do not change any file.'):format(messages(found))
    or 'Explain the selected code. Do not change any file.'
  start(given or default, where, found)
end

---@return integer buf
---@return string root
local function here()
  local buf = client.context_buffer() or api.nvim_get_current_buf()
  return buf, client.root_of(buf)
end

--- Stop the turn under way.
function M.stop()
  local _, root = here()
  turns.stop(root)
end

---@param client_id integer
---@return table params
local function of_session(client_id)
  local id = turns.session(client_id)
  return id and { sessionId = id } or vim.empty_dict()
end

--- A request to the server that was started before; the user is told about errors.
---@param method string
---@param params fun(client_id: integer): table
---@param callback fun(result: table, client_id: integer)
local function request(method, params, callback)
  local _, root = here()
  local lsp = client.get(root)
  if not lsp or not lsp.initialized then
    return client.notify('the server is not running here; it starts with the first question')
  end
  compat.request(lsp, method, params(lsp.id), function(err, result)
    if err then
      return client.notify(err.message, vim.log.levels.ERROR)
    end
    callback(result, lsp.id)
  end)
end

--- Take back what the last turn changed. (`u` does the same in one buffer.)
function M.undo()
  request('smallcode/undo', function(client_id)
    require('smallcode.edits').begin(client_id)
    return of_session(client_id)
  end, function(result)
    require('smallcode.disk').reload()
    for _, conflict in ipairs(result.conflicts) do
      client.notify(('%s is left as it is: %s'):format(conflict.path, conflict.reason), vim.log.levels.WARN)
    end
    if #result.filesRestored > 0 then
      client.notify('restored ' .. table.concat(result.filesRestored, ', '))
    elseif #result.conflicts == 0 then
      client.notify('there is nothing to undo')
    end
  end)
end

--- Begin a new session: the next question knows nothing of those before.
function M.new()
  local _, root = here()
  if turns.is_running(root) then
    return client.notify('a turn is under way here; :Smallcode stop ends it', vim.log.levels.WARN)
  end
  request('smallcode/session/new', vim.empty_dict, function(result, client_id)
    turns.set_session(client_id, result.sessionId)
    client.notify('a new session')
  end)
end

--- What the server says about itself, as lines for people.
---@param status table StatusResult
---@return string[]
function M.status_lines(status)
  local window = status.window > 0 and ('%d tokens (%s)'):format(status.window, status.windowSource)
    or 'unknown'
  local lines = {
    ('model: %s at %s'):format(status.model or 'none', status.endpoint or 'no address'),
    'context window: ' .. window,
    ('model server: %s%s'):format(status.health, status.problem and ' – ' .. status.problem or ''),
    ('turns under way: %d, sessions: %d'):format(status.runningTurns, status.sessions),
    'smallcode-lsp ' .. status.version,
  }
  if status.nativeTools ~= nil then
    table.insert(lines, 3, 'tool calls: ' .. (status.nativeTools and 'native' or 'read from the text'))
  end
  return lines
end

function M.status()
  request('smallcode/status', of_session, function(result)
    client.notify(table.concat(M.status_lines(result), '\n'))
  end)
end

function M.open()
  view.open()
end

function M.close()
  view.close()
end

function M.toggle()
  view.toggle()
end

return M
