--- The side window in which answers appear: one buffer, Markdown, not to be typed into.
local config = require('smallcode.config')

local api = vim.api

local M = {}

-- What begins a line that folds away. The rest of the line is quoted: a code fence in it opens nothing.
M.THOUGHT = '┊ '
M.OUTPUT = '│ '

local LINKS = {
  SmallCodePrompt = 'Title',
  SmallCodeThought = 'Comment',
  SmallCodeOutput = 'Comment',
  SmallCodeTool = 'Function',
  SmallCodeRunning = 'DiagnosticInfo',
  SmallCodeOk = 'DiagnosticOk',
  SmallCodeFailed = 'DiagnosticError',
  SmallCodeWarning = 'DiagnosticWarn',
  SmallCodeInfo = 'DiagnosticInfo',
  SmallCodeStatus = 'Comment',
  SmallCodeAdded = 'Added',
  SmallCodeRemoved = 'Removed',
  SmallCodeHunk = 'Changed',
}

local stream ---@type smallcode.Stream?
local headline = ''

local function link_highlights()
  for name, target in pairs(LINKS) do
    api.nvim_set_hl(0, name, { link = target, default = true })
  end
end

local function create()
  local buf = api.nvim_create_buf(false, true)
  api.nvim_buf_set_name(buf, 'smallcode://answers')
  vim.bo[buf].buftype = 'nofile'
  vim.bo[buf].bufhidden = 'hide'
  vim.bo[buf].swapfile = false
  vim.bo[buf].undolevels = -1
  vim.bo[buf].filetype = 'markdown'
  vim.bo[buf].modifiable = false
  link_highlights()
  api.nvim_create_autocmd('ColorScheme', {
    group = api.nvim_create_augroup('smallcode.view', {}),
    callback = link_highlights,
  })
  return buf
end

---@return smallcode.Stream
function M.stream()
  if not stream or not api.nvim_buf_is_loaded(stream.buf) then
    local old = vim.fn.bufnr('^smallcode://answers$')
    if old > 0 then
      api.nvim_buf_delete(old, { force = true })
    end
    stream = require('smallcode.stream').new(create())
  end
  return stream
end

---@return integer? window in the current tab page
local function window()
  for _, win in ipairs(api.nvim_tabpage_list_wins(0)) do
    if stream and api.nvim_win_get_buf(win) == stream.buf then
      return win
    end
  end
end

local function style(win)
  local options = vim.wo[win][0]
  options.wrap = true
  options.linebreak = true
  options.breakindent = true
  options.number = false
  options.relativenumber = false
  options.signcolumn = 'no'
  options.foldcolumn = '0'
  options.spell = false
  options.list = false
  options.cursorline = false
  options.winfixwidth = true
  options.foldenable = true
  options.foldmethod = 'expr'
  options.foldexpr = "v:lua.require'smallcode.view'.foldexpr(v:lnum)"
  options.foldtext = "v:lua.require'smallcode.view'.foldtext()"
  options.foldlevel = 0
  options.foldminlines = 0
  options.fillchars = 'fold: ,eob: '
  options.winhighlight = 'Folded:SmallCodeOutput'
  options.winbar = "%{%v:lua.require'smallcode.view'.winbar()%}"
end

--- Show the view, without taking the cursor from where it is.
---@return integer window
function M.open()
  local buf = M.stream().buf
  local there = window()
  if there then
    return there
  end
  local options = config.get().view
  local split = ({ right = 'right', left = 'left', top = 'above', bottom = 'below' })[options.position]
  local sideways = split == 'right' or split == 'left'
  local room = sideways and vim.o.columns or vim.o.lines
  local size = math.max(1, math.floor(options.size < 1 and room * options.size or options.size))
  local win = api.nvim_open_win(buf, false, {
    split = split,
    win = -1,
    width = sideways and size or nil,
    height = not sideways and size or nil,
  })
  style(win)
  api.nvim_win_set_cursor(win, { api.nvim_buf_line_count(buf), 0 })
  return win
end

function M.close()
  local win = window()
  if win and #api.nvim_tabpage_list_wins(0) > 1 then
    api.nvim_win_close(win, true)
  end
end

function M.toggle()
  if window() then
    M.close()
  else
    M.open()
  end
end

--- What the view is about: questions asked from it go there, and its title line tells.
---@param root string
---@param text? string
function M.set_headline(root, text)
  vim.b[M.stream().buf].smallcode_root = root
  headline = ('%%<%s%%=%s '):format(vim.fn.fnamemodify(root, ':t'):gsub('%%', '%%%%'), text or '')
  vim.cmd.redrawstatus({ bang = true })
end

-- For the window's options ------------------------------------------------------------------------------

local function starts(lnum, prefix)
  return vim.startswith(vim.fn.getline(lnum), prefix)
end

--- Thoughts fold together; a call's output folds below the line of the call.
---@param lnum integer
---@return string
function M.foldexpr(lnum)
  if starts(lnum, M.OUTPUT) then
    return '1'
  elseif starts(lnum, M.THOUGHT) then
    return starts(lnum - 1, M.THOUGHT) and '1' or '>1'
  end
  return starts(lnum + 1, M.OUTPUT) and '>1' or '0'
end

---@return string
function M.foldtext()
  local first, lines = vim.fn.getline(vim.v.foldstart), vim.v.foldend - vim.v.foldstart
  if vim.startswith(first, M.THOUGHT) then
    return ('%sthoughts (%d %s)'):format(M.THOUGHT, lines + 1, lines == 0 and 'line' or 'lines')
  end
  return ('%s (%d %s)'):format(first, lines, lines == 1 and 'line' or 'lines')
end

---@return string
function M.winbar()
  return ' SmallCode  ' .. headline
end

return M
