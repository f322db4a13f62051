--- smallcode/permission: shows exactly what would be done and waits for a key, while the editor goes on.
---
--- Neovim runs a handler of a server's request inside a coroutine and sends what the coroutine comes to
--- (its own window/showMessageRequest relies on that, from 0.10 on): the handler yields until the answer.
local config = require('smallcode.config')

local api = vim.api

local M = {}

---@class smallcode.PermissionParams
---@field sessionId string
---@field turnId string
---@field kind string
---@field title string
---@field detail string what would run, or the diff of what would change
---@field options smallcode.Outcome[]

---@class smallcode.Question
---@field client_id integer
---@field params smallcode.PermissionParams
---@field answer fun(outcome: smallcode.Outcome) counts once
---@field withdraw? fun() close what is shown

local LABELS = { allow_once = 'once', allow_always = 'always in this session', deny = 'deny' }
local KEYS = { y = 'allow_once', a = 'allow_always', n = 'deny', ['<Esc>'] = 'deny', q = 'deny' }
local SHOWN_KEYS = { allow_once = 'y', allow_always = 'a', deny = 'n' }
local FILETYPES = { shell = 'sh', network = 'sh', edit = 'diff' }

-- A key on its way to another window when the question takes the cursor is not an answer. Milliseconds.
local DEAF = 300

---@type smallcode.Question[] the first one is shown
local queue = {}

local show_next

---@param question smallcode.Question
local function remove(question)
  for index, other in ipairs(queue) do
    if other == question then
      table.remove(queue, index)
      if question.withdraw then
        question.withdraw()
      end
      if index == 1 then
        vim.schedule(show_next)
      end
      return
    end
  end
end

-- The floating window -----------------------------------------------------------------------------------

---@param params smallcode.PermissionParams
---@return string
local function footer(params)
  local parts = {}
  for _, option in ipairs(params.options) do
    parts[#parts + 1] = ('%s %s'):format(SHOWN_KEYS[option], LABELS[option])
  end
  return ' ' .. table.concat(parts, ' · ') .. ' '
end

---@param lines string[]
---@param params smallcode.PermissionParams
---@return table
local function float_config(lines, params)
  local width = math.max(api.nvim_strwidth(params.title) + 4, api.nvim_strwidth(footer(params)) + 2)
  for _, line in ipairs(lines) do
    width = math.max(width, api.nvim_strwidth(line) + 2)
  end
  width = math.min(width, math.max(20, math.floor(vim.o.columns * 0.8)))
  local height = 0
  for _, line in ipairs(lines) do
    height = height + math.max(1, math.ceil(api.nvim_strwidth(line) / width))
  end
  local room = math.max(1, math.floor(vim.o.lines * 0.6))
  local more = height > room and ' ↓ scroll to see all ·' or ''
  height = math.min(height, room)
  -- Away from the view, which shows what led to the question.
  local position = config.get().view.position
  return {
    relative = 'editor',
    row = position == 'bottom' and 0 or math.max(0, vim.o.lines - height - 5),
    col = position == 'left' and math.max(0, vim.o.columns - width - 2) or 0,
    width = width,
    height = height,
    style = 'minimal',
    border = 'rounded',
    title = ' ' .. params.title:gsub('%s+', ' ') .. ' ',
    title_pos = 'center',
    footer = more .. footer(params),
    footer_pos = 'center',
    zindex = 60,
  }
end

---@param window integer
---@return boolean
local function can_take_cursor(window)
  local mode = api.nvim_get_mode()
  return not mode.blocking and (mode.mode == 'n' or mode.mode == 'nt') and api.nvim_win_is_valid(window)
end

--- The window takes the cursor at once in Normal mode; else when the user comes back to it, so that what
--- they are typing elsewhere is never taken for an answer.
---@param window integer
---@param group integer
local function focus(window, group)
  if can_take_cursor(window) then
    api.nvim_set_current_win(window)
    return
  end
  api.nvim_create_autocmd('ModeChanged', {
    group = group,
    pattern = { '*:n', '*:nt' },
    callback = function()
      vim.schedule(function()
        if can_take_cursor(window) then
          api.nvim_set_current_win(window)
        end
      end)
    end,
    once = true,
  })
end

---@param question smallcode.Question
local function show_float(question)
  local params = question.params
  local lines = vim.split(params.detail:gsub('\n+$', ''), '\n', { plain = true })
  local buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].bufhidden = 'wipe'
  vim.bo[buf].filetype = FILETYPES[params.kind] or ''
  vim.bo[buf].modifiable = false
  local window = api.nvim_open_win(buf, false, float_config(lines, params))
  vim.wo[window].wrap = true
  vim.wo[window].conceallevel = 0
  vim.wo[window].foldenable = false
  local group = api.nvim_create_augroup('smallcode.permission', {})
  local entered = math.huge
  api.nvim_create_autocmd('WinEnter', {
    group = group,
    buffer = buf,
    callback = function()
      entered = vim.uv.hrtime()
    end,
  })
  api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = buf,
    callback = function()
      question.answer('deny')
    end,
  })
  for key, outcome in pairs(KEYS) do
    if vim.list_contains(params.options, outcome) then
      vim.keymap.set('n', key, function()
        if vim.uv.hrtime() - entered >= DEAF * 1e6 then
          question.answer(outcome)
        end
      end, { buffer = buf, nowait = true, desc = 'SmallCode: ' .. LABELS[outcome] })
    end
  end
  question.withdraw = function()
    api.nvim_clear_autocmds({ group = group })
    if api.nvim_win_is_valid(window) then
      api.nvim_win_close(window, true)
    end
  end
  focus(window, group)
end

-- The other ways to ask ---------------------------------------------------------------------------------

---@param question smallcode.Question
local function show_select(question)
  local params = question.params
  vim.ui.select(params.options, {
    prompt = params.title .. '\n' .. params.detail .. '\n',
    kind = 'smallcode_permission',
    format_item = function(option)
      return LABELS[option]
    end,
  }, function(choice)
    question.answer(choice or 'deny')
  end)
end

function show_next()
  local question = queue[1]
  if not question or question.withdraw then
    return
  end
  question.withdraw = function() end
  local how = config.get().permission
  local ok, err = pcall(function()
    if type(how) == 'function' then
      how(question.params, question.answer)
    elseif how == 'select' then
      show_select(question)
    else
      show_float(question)
    end
  end)
  if not ok then
    require('smallcode.client').notify(
      'permission denied, it could not be asked for: ' .. err,
      vim.log.levels.ERROR
    )
    question.answer('deny')
  end
end

--- Ask the user; the answer is one of the options, and "deny" for everything else.
---@param client_id integer
---@param params smallcode.PermissionParams
---@param answered fun(outcome: smallcode.Outcome)
function M.ask(client_id, params, answered)
  local question = { client_id = client_id, params = params }
  local open = true
  function question.answer(outcome)
    if open then
      open = false
      remove(question)
      require('smallcode.turns').asking(client_id, false)
      answered(vim.list_contains(params.options, outcome) and outcome or 'deny')
    end
  end
  queue[#queue + 1] = question
  require('smallcode.turns').asking(client_id, true)
  if #queue == 1 then
    show_next()
  end
end

--- Deny what a client still waits for: its turn has been stopped or has ended.
---@param client_id integer
function M.forget(client_id)
  for _, question in ipairs(vim.list_slice(queue)) do
    if question.client_id == client_id then
      question.answer('deny')
    end
  end
end

--- Handler of the request.
---@param client_id integer
---@param params smallcode.PermissionParams
---@return { outcome: smallcode.Outcome }
function M.handler(client_id, params)
  local this = coroutine.running()
  M.ask(client_id, params, function(outcome)
    -- Scheduled, since a hook may answer before the handler has yielded.
    vim.schedule(function()
      local ok, err = coroutine.resume(this, { outcome = outcome })
      if not ok then
        require('smallcode.client').notify('an answer could not be sent: ' .. err, vim.log.levels.ERROR)
      end
    end)
  end)
  return coroutine.yield()
end

return M
