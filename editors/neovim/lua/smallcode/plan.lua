--- The plan of a task in the view: shown once, and its marks go forward.
local format = require('smallcode.format')
local marks = require('smallcode.marks')

local M = {}

---@alias smallcode.PlanStep { text: string, status: 'open'|'current'|'done', batch: integer }
---@alias smallcode.ShownStep { text: string, status: string, mark: integer }

---@param shown? smallcode.ShownStep[]
---@param steps smallcode.PlanStep[]
---@return boolean whether these are the steps that are shown already
function M.is_shown(shown, steps)
  local same = shown ~= nil and #shown == #steps
  for index, step in ipairs(steps) do
    same = same and shown[index].text == step.text
  end
  return same
end

---@param stream smallcode.Stream
---@param steps smallcode.PlanStep[]
---@return smallcode.ShownStep[]
function M.write(stream, steps)
  local shown = {}
  for index, step in ipairs(steps) do
    local mark, highlight = unpack(marks.PLAN[step.status])
    shown[index] = { text = step.text, status = step.status, mark = stream:mark() }
    stream:write(mark, highlight)
    stream:write((' %d. %s\n'):format(index, (step.text:gsub('%s*\n%s*', ' '))))
  end
  local free = format.in_any_order(steps)
  if free then
    stream:write(free .. '\n', 'SmallCodeStatus')
  end
  return shown
end

---@param stream smallcode.Stream
---@param shown smallcode.ShownStep[]
---@param steps smallcode.PlanStep[]
function M.mark(stream, shown, steps)
  for index, step in ipairs(steps) do
    local before = shown[index]
    if before.status ~= step.status then
      local mark, highlight = unpack(marks.PLAN[step.status])
      stream:replace(before.mark, #marks.PLAN[before.status][1], mark, highlight)
      before.status = step.status
    end
  end
end

return M
