--- What is only a matter of words: numbers, usage, diffs and code fences as text.
local M = {}

---@param number number
---@return string
function M.thousands(number)
  local text = tostring(math.floor(number))
  return (text:reverse():gsub('(%d%d%d)', '%1,'):reverse():gsub('^,', ''))
end

---@param usage table UsageInfo
---@return string
function M.usage(usage)
  local read = M.thousands(usage.promptTokens) .. ' tokens read'
  if usage.cachedTokens and usage.promptTokens > 0 then
    read = ('%s (%d %% from the cache)'):format(
      read,
      math.floor(100 * usage.cachedTokens / usage.promptTokens)
    )
  end
  local requests = usage.requests == 1 and '1 request' or usage.requests .. ' requests'
  return ('%s · %s · %s written'):format(requests, read, M.thousands(usage.completionTokens))
end

--- Which steps of a plan do not wait for each other; nil where each waits for the one before.
---@param steps { batch: integer }[]
---@return string?
function M.in_any_order(steps)
  local batches, free = {}, {}
  for index, step in ipairs(steps) do
    batches[step.batch] = batches[step.batch] or {}
    table.insert(batches[step.batch], index)
  end
  for _, numbers in ipairs(batches) do
    if #numbers > 1 then
      free[#free + 1] = table.concat(numbers, ', ')
    end
  end
  return #free > 0 and ('(in any order: %s)'):format(table.concat(free, '; ')) or nil
end

---@param line string
---@param in_hunk boolean
---@return string?
local function diff_highlight(line, in_hunk)
  local first = line:sub(1, 1)
  if not in_hunk or first == '@' then
    return 'SmallCodeHunk'
  end
  return first == '+' and 'SmallCodeAdded' or first == '-' and 'SmallCodeRemoved' or nil
end

--- A diff as a block of Markdown, in a fence longer than any in it.
---@param diff string
---@return { text: string, highlight?: string }[]
function M.diff(diff)
  local fence, in_hunk = '```', false
  for run in diff:gmatch('`+') do
    fence = #run >= #fence and run .. '`' or fence
  end
  local lines = { { text = fence .. 'diff' } }
  for line in vim.gsplit(diff:gsub('\n$', ''), '\n', { plain = true }) do
    in_hunk = in_hunk or vim.startswith(line, '@@')
    lines[#lines + 1] = { text = line:gsub('\r$', ''), highlight = diff_highlight(line, in_hunk) }
  end
  lines[#lines + 1] = { text = fence }
  return lines
end

--- The code fence that Markdown leaves open at its end.
---@param lines string[]
---@return string?
function M.open_fence(lines)
  local open
  for _, line in ipairs(lines) do
    local run, rest = line:match('^ ? ? ?(```+)(.*)$')
    if not run then
      run, rest = line:match('^ ? ? ?(~~~+)(.*)$')
    end
    if not open then
      open = run
    elseif run and run:sub(1, 1) == open:sub(1, 1) and #run >= #open and not rest:match('%S') then
      open = nil
    end
  end
  return open
end

return M
