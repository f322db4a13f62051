--- Appends to a buffer in batches: thousands of pieces of text cost a few changes a second, the end is
--- followed in every window whose cursor stands there, and the user's windows do not flicker.
local api = vim.api

local M = {}

-- Two frames of a 60 Hz screen: more often would not be seen. Milliseconds.
local INTERVAL = 30

local HIGHLIGHTS = api.nvim_create_namespace('smallcode.highlights')
local MARKS = api.nvim_create_namespace('smallcode.marks')
local STATUS = api.nvim_create_namespace('smallcode.status')

---@class smallcode.Stream
---@field buf integer
---@field private queue { parts: string[], highlight?: string }[]
---@field private timer uv.uv_timer_t
---@field private waiting boolean
---@field private open? { id: integer, highlight: string, from: [integer, integer], to: [integer, integer] }
---@field private shown? string
local Stream = {}
Stream.__index = Stream

---@param buf integer
---@return smallcode.Stream
function M.new(buf)
  return setmetatable({ buf = buf, queue = {}, timer = assert(vim.uv.new_timer()), waiting = false }, Stream)
end

--- Whether there still is a buffer to write to: the user may have wiped it.
---@return boolean
function Stream:is_alive()
  return api.nvim_buf_is_loaded(self.buf)
end

---@private
---@return integer row
---@return integer column
function Stream:last()
  local row = api.nvim_buf_line_count(self.buf) - 1
  return row, #api.nvim_buf_get_lines(self.buf, row, row + 1, true)[1]
end

--- The windows that stand at the end, but for one in which the user is selecting.
---@private
---@return integer[]
function Stream:following()
  local last = api.nvim_buf_line_count(self.buf)
  local current = api.nvim_get_current_win()
  return vim.tbl_filter(function(window)
    local selecting = window == current and api.nvim_get_mode().mode ~= 'n'
    return not selecting and api.nvim_win_get_cursor(window)[1] >= last
  end, vim.fn.win_findbuf(self.buf))
end

--- Change the buffer; windows that stood at the end stand at the new end afterwards.
---@private
---@param change fun()
function Stream:change(change)
  local following = self:following()
  vim.bo[self.buf].modifiable = true
  change()
  vim.bo[self.buf].modifiable = false
  local row, column = self:last()
  for _, window in ipairs(following) do
    api.nvim_win_set_cursor(window, { row + 1, column })
  end
  self:show_status()
end

---@param text string
---@param highlight? string
function Stream:write(text, highlight)
  local tail = self.queue[#self.queue]
  if tail and tail.highlight == highlight then
    tail.parts[#tail.parts + 1] = text
  elseif text ~= '' then
    self.queue[#self.queue + 1] = { parts = { text }, highlight = highlight }
  end
  if not self.waiting then
    self.waiting = true
    self.timer:start(
      INTERVAL,
      0,
      vim.schedule_wrap(function()
        self:flush()
      end)
    )
  end
end

--- Colour what was written, growing the last coloured stretch where it goes on.
---@private
function Stream:paint(highlight, from, to)
  local open = self.open
  if open and open.highlight == highlight and vim.deep_equal(open.to, from) then
    from = open.from
  else
    open = nil
  end
  local id = api.nvim_buf_set_extmark(self.buf, HIGHLIGHTS, from[1], from[2], {
    id = open and open.id,
    end_row = to[1],
    end_col = to[2],
    hl_group = highlight,
    priority = 200,
  })
  self.open = { id = id, highlight = highlight, from = from, to = to }
end

--- Everything that was written is in the buffer afterwards.
function Stream:flush()
  self.waiting = false
  self.timer:stop()
  local queue = self.queue
  self.queue = {}
  if #queue == 0 or not self:is_alive() then
    return
  end
  self:change(function()
    for _, piece in ipairs(queue) do
      local row, column = self:last()
      local lines = vim.split(table.concat(piece.parts), '\n', { plain = true })
      api.nvim_buf_set_text(self.buf, row, column, row, column, lines)
      if piece.highlight then
        self:paint(piece.highlight, { row, column }, { self:last() })
      else
        self.open = nil
      end
    end
  end)
end

---@return boolean
function Stream:is_empty()
  self:flush()
  local row, column = self:last()
  return row == 0 and column == 0
end

--- The present end, to come back to; it stays where it is when text follows.
---@return integer mark
function Stream:mark()
  self:flush()
  local row, column = self:last()
  return api.nvim_buf_set_extmark(self.buf, MARKS, row, column, { right_gravity = false })
end

---@private
---@param mark integer
---@return integer row
---@return integer column
function Stream:position(mark)
  local position = api.nvim_buf_get_extmark_by_id(self.buf, MARKS, mark, {})
  return position[1], position[2]
end

--- The lines from a mark on.
---@param mark integer
---@return string[]
function Stream:lines_from(mark)
  self:flush()
  local row = self:position(mark)
  return api.nvim_buf_get_lines(self.buf, row, -1, true)
end

--- Take away everything behind a mark.
---@param mark integer
function Stream:cut(mark)
  self:flush()
  local row, column = self:position(mark)
  self.open = nil
  self:change(function()
    local last_row, last_column = self:last()
    api.nvim_buf_clear_namespace(self.buf, HIGHLIGHTS, row + 1, -1)
    api.nvim_buf_set_text(self.buf, row, column, last_row, last_column, { '' })
  end)
end

--- Put another text in the place of the `length` bytes at a mark.
---@param mark integer
---@param length integer
---@param text string
---@param highlight string
function Stream:replace(mark, length, text, highlight)
  self:flush()
  local row, column = self:position(mark)
  self:change(function()
    api.nvim_buf_set_text(self.buf, row, column, row, column + length, { text })
    api.nvim_buf_set_extmark(self.buf, HIGHLIGHTS, row, column, {
      end_col = column + #text,
      hl_group = highlight,
      priority = 201,
    })
  end)
end

--- Lines below that of a mark.
---@param mark integer
---@param lines string[]
---@param highlight string
function Stream:insert_below(mark, lines, highlight)
  self:flush()
  local row = self:position(mark) + 1
  self:change(function()
    api.nvim_buf_set_lines(self.buf, row, row, false, lines)
    api.nvim_buf_set_extmark(self.buf, HIGHLIGHTS, row, 0, {
      end_row = row + #lines,
      hl_group = highlight,
      priority = 200,
    })
  end)
end

--- What is going on, behind the last line, without being part of the text.
---@param text? string
function Stream:status(text)
  if self.shown ~= text then
    self.shown = text
    self:show_status()
  end
end

---@private
function Stream:show_status()
  if not self.shown then
    api.nvim_buf_clear_namespace(self.buf, STATUS, 0, -1)
    return
  end
  local row = self:last()
  api.nvim_buf_set_extmark(self.buf, STATUS, row, 0, {
    id = 1,
    virt_text = { { self.shown, 'SmallCodeStatus' } },
    virt_text_pos = 'eol',
  })
end

return M
