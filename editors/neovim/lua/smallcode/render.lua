--- One turn's events as text. Knows the event union of the protocol and nothing of editors beyond a stream.
local format = require('smallcode.format')
local marks = require('smallcode.marks')
local plan = require('smallcode.plan')
local view = require('smallcode.view')

local M = {}

local RUNNING, OK, FAILED = marks.RUNNING, marks.OK, marks.FAILED

---@class smallcode.Renderer
---@field ended boolean
---@field private stream smallcode.Stream
---@field private root string
---@field private block? 'thought'|'message'|'tool'|'plan'|'note'
---@field private held string line ends that wait for a text to follow
---@field private said boolean whether any text of the answer has been shown
---@field private calls table<string, integer> marks of the calls' lines
---@field private step? { mark: integer, block?: string }
---@field private plan? smallcode.ShownStep[]
---@field private begun integer nanoseconds
---@field private doing? string
local Renderer = {}
Renderer.__index = Renderer

---@param root string
---@param prompt string
---@param about? string what the prompt is about, for people
---@return smallcode.Renderer
function M.new(root, prompt, about)
  local stream = view.stream()
  local self = setmetatable({
    stream = stream,
    root = root,
    held = '',
    said = false,
    ended = false,
    calls = {},
    begun = vim.uv.hrtime(),
  }, Renderer)
  view.set_headline(root)
  local lead = stream:is_empty() and '# ' or '\n# '
  stream:write(lead .. prompt:gsub('%s*\n%s*', ' ') .. '\n', 'SmallCodePrompt')
  if about then
    stream:write(about .. '\n', 'SmallCodeStatus')
  end
  stream:write('\n')
  return self
end

-- Blocks ------------------------------------------------------------------------------------------------

--- A reply that broke off inside a code fence would turn everything after it into code.
---@private
function Renderer:close_fence()
  local fence = format.open_fence(self.stream:lines_from(self.message_mark))
  if fence then
    self.stream:write('\n' .. fence)
  end
end

--- End the block under way and begin another, with an empty line between them.
---@private
---@param block string
---@return boolean whether it is a new one
function Renderer:enter(block)
  if self.block == block then
    return false
  end
  self.held = ''
  if self.block == 'message' then
    self:close_fence()
  end
  if self.block == 'message' or self.block == 'thought' then
    self.stream:write('\n')
  end
  if self.block then
    self.stream:write('\n')
  end
  self.block = block
  return true
end

--- Line ends at the beginning and at the end of a block are not shown; those between pieces are.
---@private
---@param text string
---@param new boolean
---@return string
function Renderer:trimmed(text, new)
  text = text:gsub('\r\n?', '\n')
  text = new and text:gsub('^%s*\n', '') or self.held .. text
  local body, tail = text:match('^(.-)(\n*)$')
  self.held = tail
  return body
end

---@private
---@param lead string
---@param text string
---@param highlight string
function Renderer:line(lead, text, highlight)
  self:enter('note')
  self.stream:write(lead .. ' ', highlight)
  self.stream:write(text:gsub('%s*\n%s*', ' ') .. '\n', highlight)
end

-- Events ------------------------------------------------------------------------------------------------

local on = {}

function on.request_started(self)
  self.step = { mark = self.stream:mark(), block = self.block }
  self:working('waiting for the model…')
end

function on.prompt_progress(self, event)
  local share = event.total > 0 and math.floor(100 * event.processed / event.total) or 0
  local reading = share < 100 and ('reading the prompt… %d %%'):format(share)
  self:working(reading or 'waiting for the first word…')
end

function on.message_chunk(self, event)
  if not self.said and event.text:match('^%s*$') then
    return
  end
  self:working(nil)
  local new = self:enter('message')
  if new then
    self.message_mark = self.stream:mark()
  end
  self.said = true
  self.stream:write(self:trimmed(event.text, new))
end

function on.thought_chunk(self, event)
  if self.block ~= 'thought' and event.text:match('^%s*$') then
    return
  end
  self:working('thinking…')
  local new = self:enter('thought')
  local text = self:trimmed(event.text, new):gsub('\n', '\n' .. view.THOUGHT)
  self.stream:write((new and view.THOUGHT or '') .. text, 'SmallCodeThought')
end

function on.reply_discarded(self, event)
  if self.step then
    self.stream:cut(self.step.mark)
    self.block, self.held = self.step.block, ''
  end
  self:line('↻', 'asked again: ' .. event.reason, 'SmallCodeStatus')
  self.step = { mark = self.stream:mark(), block = self.block }
end

for kind, mark in pairs(marks.DETAILS) do
  on[kind] = function(self, event)
    self:line(mark, (event.governor and event.governor .. ': ' or '') .. event.detail, 'SmallCodeStatus')
  end
end

function on.tool_call(self, event)
  self:enter('tool')
  self.calls[event.callId] = self.stream:mark()
  self.stream:write(RUNNING, 'SmallCodeRunning')
  self.stream:write(' ' .. event.title:gsub('%s*\n%s*', ' ⏎ ') .. '\n', 'SmallCodeTool')
  self:working('running…')
end

function on.plan_updated(self, event)
  if plan.is_shown(self.plan, event.steps) then
    plan.mark(self.stream, self.plan, event.steps)
  else
    self:enter('plan')
    self.plan = plan.write(self.stream, event.steps)
  end
end

---@private
---@param diff string
function Renderer:show_diff(diff)
  for _, line in ipairs(format.diff(diff)) do
    self.stream:write(line.text, line.highlight)
    self.stream:write('\n')
  end
end

function on.tool_call_update(self, event)
  self:working(nil)
  local mark = self.calls[event.callId]
  local ok = event.status == 'completed'
  if mark then
    self.stream:replace(mark, #RUNNING, ok and OK or FAILED, ok and 'SmallCodeOk' or 'SmallCodeFailed')
    local content = event.content:gsub('\r\n?', '\n'):gsub('\n+$', '')
    if content ~= '' then
      local lines = vim.tbl_map(function(line)
        return view.OUTPUT .. line
      end, vim.split(content, '\n', { plain = true }))
      self.stream:insert_below(mark, lines, 'SmallCodeOutput')
    end
  end
  for _, it in ipairs(event.diffs or {}) do
    self:enter('tool')
    self.stream:write('\n')
    self:show_diff(it.diff)
    self.block = 'note'
  end
end

function on.usage(self, event)
  view.set_headline(
    self.root,
    event.window > 0 and ('window %s'):format(format.thousands(event.window)) or nil
  )
end

function on.notice(self, event)
  local mark, highlight = unpack(marks.NOTICES[event.level] or marks.NOTICES.info)
  self:line(mark, event.message .. (event.remedy ~= '' and ' ' .. event.remedy or ''), highlight)
end

function on.turn_ended(self, event)
  self:finish(event)
end

-- For turns.lua -----------------------------------------------------------------------------------------

---@private
---@return boolean
function Renderer:is_open()
  return not self.ended and self.stream:is_alive()
end

---@param event table
function Renderer:event(event)
  local handler = on[event.type]
  if handler and self:is_open() then
    handler(self, event)
  end
end

--- What is going on, with the seconds since the turn began.
---@param doing? string
function Renderer:working(doing)
  self.doing = doing
  self:tick()
end

function Renderer:seconds()
  return (vim.uv.hrtime() - self.begun) / 1e9
end

function Renderer:tick()
  if not self:is_open() then
    return
  end
  local elapsed = self:seconds() >= 1 and (' · %d s'):format(self:seconds()) or ''
  self.stream:status(self.doing and self.doing .. elapsed or nil)
end

--- The end, from the last event or, where that did not come, from the result of the request.
---@param ending table TurnEnded or TurnResult
function Renderer:finish(ending)
  if not self:is_open() then
    return
  end
  if not self.said and ending.text ~= '' then
    on.message_chunk(self, { text = ending.text })
  end
  local mark, word, highlight =
    unpack(marks.ENDINGS[ending.stopReason] or { '■', ending.stopReason, 'SmallCodeWarning' })
  if ending.error then
    word = word .. ': ' .. ending.error.message
  end
  self:line(mark, word, highlight)
  if ending.error and ending.error.remedy ~= '' then
    self.stream:write(ending.error.remedy .. '\n')
  end
  if #(ending.filesChanged or {}) > 0 then
    self.stream:write('changed: ' .. table.concat(ending.filesChanged, ', ') .. '\n', 'SmallCodeStatus')
  end
  self.stream:write(('%s · %.1f s\n'):format(format.usage(ending.usage), self:seconds()), 'SmallCodeStatus')
  self:close()
end

--- The end of a turn that has no result.
---@param message string
function Renderer:failed(message)
  if self:is_open() then
    self:line(FAILED, message, 'SmallCodeFailed')
    self:close()
  end
end

---@private
function Renderer:close()
  self.stream:flush()
  self.stream:status(nil)
  self.ended = true
end

return M
