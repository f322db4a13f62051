--- The turn under way in each root: started here, or by a code action of the server.
local client = require('smallcode.client')
local compat = require('smallcode.compat')
local render = require('smallcode.render')
local view = require('smallcode.view')

local api = vim.api

local M = {}

---@class smallcode.Request
---@field buf integer
---@field prompt string
---@field about? string for people: what the prompt is about
---@field params fun(encoding: string): table the rest of TurnParams, in the server's encoding

---@class smallcode.Turn
---@field root string
---@field renderer smallcode.Renderer
---@field client_id? integer
---@field request_id? integer
---@field turn_id? string
---@field stopped? boolean
---@field timer uv.uv_timer_t

---@type table<string, smallcode.Turn> by root
local running = {}

---@type table<integer, string> by client id: the session used last
local sessions = {}

---@param client_id integer
---@return string?
function M.session(client_id)
  return sessions[client_id]
end

---@param client_id integer
---@param id string
function M.set_session(client_id, id)
  sessions[client_id] = id
end

---@param root string
---@return boolean
function M.is_running(root)
  return running[root] ~= nil
end

---@param root string
---@param prompt string
---@param about? string
---@return smallcode.Turn
local function begin(root, prompt, about)
  view.open()
  local turn = { root = root, renderer = render.new(root, prompt, about), timer = assert(vim.uv.new_timer()) }
  turn.timer:start(
    1000,
    1000,
    vim.schedule_wrap(function()
      turn.renderer:tick()
    end)
  )
  running[root] = turn
  return turn
end

---@param turn smallcode.Turn
---@param reason string
local function finish(turn, reason)
  if running[turn.root] ~= turn then
    return
  end
  running[turn.root] = nil
  turn.timer:close()
  if turn.client_id then
    require('smallcode.permission').forget(turn.client_id)
  end
  require('smallcode.disk').reload()
  api.nvim_exec_autocmds('User', {
    pattern = 'SmallCodeTurnEnded',
    modeline = false,
    data = { root = turn.root, stop_reason = reason, turn_id = turn.turn_id },
  })
end

---@param turn smallcode.Turn
---@param err table?
---@param result table?
local function answered(turn, err, result)
  if err then
    turn.renderer:failed(err.message or vim.inspect(err))
    return finish(turn, 'failed')
  end
  sessions[turn.client_id] = result.sessionId
  turn.turn_id = result.turnId
  turn.renderer:finish(result)
  finish(turn, result.stopReason)
end

--- Start a turn, and the server where there is none.
---@param request smallcode.Request
function M.start(request)
  local root = client.root_of(request.buf)
  if running[root] then
    client.notify('a turn is under way here; :Smallcode stop ends it', vim.log.levels.WARN)
    return
  end
  local turn = begin(root, request.prompt, request.about)
  turn.renderer:working('starting the server…')
  client.with(request.buf, function(lsp)
    if running[root] ~= turn then
      return
    elseif turn.stopped then
      turn.renderer:failed('stopped before it began')
      return finish(turn, 'cancelled')
    elseif not lsp then
      turn.renderer:failed('the server could not be started; see :checkhealth smallcode')
      return finish(turn, 'failed')
    end
    turn.client_id = lsp.id
    turn.renderer:working('waiting for the model…')
    local params = request.params(lsp.offset_encoding)
    params.prompt, params.sessionId = request.prompt, sessions[lsp.id]
    turn.request_id = compat.request(lsp, 'smallcode/turn', params, function(err, result)
      answered(turn, err, result)
    end)
    if not turn.request_id then
      turn.renderer:failed('the server is gone')
      finish(turn, 'failed')
    end
  end)
end

--- Handler of smallcode/update.
---@param client_id integer
---@param params table UpdateParams
function M.on_update(client_id, params)
  local lsp = vim.lsp.get_client_by_id(client_id)
  local root = lsp and lsp.config.root_dir
  local event = params.event
  if not root then
    return
  end
  local turn = running[root]
  if event.type == 'turn_started' then
    require('smallcode.edits').begin(client_id)
    turn = turn or begin(root, event.prompt)
    turn.client_id, turn.turn_id = client_id, params.turnId
    sessions[client_id] = params.sessionId
  end
  if not turn or turn.turn_id ~= params.turnId then
    return
  end
  if not (turn.stopped and event.type ~= 'turn_ended' and event.type ~= 'tool_call_update') then
    turn.renderer:event(event)
  end
  if event.type == 'tool_call_update' then
    require('smallcode.disk').reload()
  elseif event.type == 'turn_ended' and not turn.request_id then
    finish(turn, event.stopReason)
  end
end

--- Whether the user is being asked something is part of what is going on.
---@param client_id integer
---@param asking boolean
function M.asking(client_id, asking)
  for _, turn in pairs(running) do
    if turn.client_id == client_id and not turn.stopped then
      turn.renderer:working(asking and 'waiting for your permission…' or 'running…')
    end
  end
end

--- End the turn under way: its request is cancelled, and the server closes its connection to the model.
---@param root string
function M.stop(root)
  local turn = running[root]
  if not turn then
    client.notify('no turn is under way here')
    return
  end
  turn.stopped = true
  turn.renderer:working('stopping…')
  local lsp = turn.client_id and vim.lsp.get_client_by_id(turn.client_id)
  if not lsp then
    return
  end
  if turn.request_id then
    compat.cancel(lsp, turn.request_id)
  else
    compat.request(lsp, 'workspace/executeCommand', {
      command = 'smallcode.server.stop',
      arguments = { { sessionId = sessions[lsp.id] } },
    }, function(err)
      if err then
        client.notify('it could not be stopped: ' .. err.message, vim.log.levels.ERROR)
      end
    end)
  end
  require('smallcode.permission').forget(lsp.id)
end

--- The server has ended.
---@param client_id integer
---@param code integer
---@param signal integer
function M.lost(client_id, code, signal)
  sessions[client_id] = nil
  for _, turn in pairs(running) do
    if turn.client_id == client_id then
      local how = signal ~= 0 and ('by signal %d'):format(signal) or ('with status %d'):format(code)
      turn.renderer:failed('the server ended ' .. how .. '; what it had changed is still in the buffers')
      finish(turn, 'failed')
    end
  end
end

return M
