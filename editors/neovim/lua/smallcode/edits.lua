--- workspace/applyEdit, exactly: an edit made for another version of the text is refused (Neovim's own handler
--- drops it and still answers that it was applied), and what one turn does to a buffer is one step of undo.
local compat = require('smallcode.compat')

local api = vim.api

local M = {}

---@type table<integer, table<integer, integer>> by client and buffer: the undo sequence after our last edit
local steps = {}

--- A new turn: its first edit of each buffer begins a new step of undo.
---@param client_id integer
function M.begin(client_id)
  steps[client_id] = {}
end

---@param buf integer
---@return integer
local function undo_sequence(buf)
  return vim.fn.undotree(buf).seq_cur
end

--- Whether the last change of the buffer is this turn's: then another one may join it. Where the user typed
--- or undid since, joining would sweep their step into ours.
---@param client_id integer
---@param buf integer
---@return boolean
local function is_last(client_id, buf)
  local own = steps[client_id] or {}
  return own[buf] ~= nil and own[buf] == undo_sequence(buf)
end

--- Close the open step of undo: while the user is in Insert mode theirs is open, and would take ours in.
local function close_step()
  vim.cmd('noautocmd let &g:undolevels = &g:undolevels')
end

--- Change a buffer within this turn's step of undo.
---@param client_id integer
---@param buf integer
---@param change fun()
function M.in_step(client_id, buf, change)
  local join = is_last(client_id, buf)
  api.nvim_buf_call(buf, function()
    if not join or not pcall(vim.cmd.undojoin) then
      close_step()
    end
  end)
  change()
  api.nvim_buf_call(buf, close_step)
  steps[client_id] = steps[client_id] or {}
  steps[client_id][buf] = undo_sequence(buf)
end

--- Do something that may change a buffer as a consequence of this turn, such as saving it with a formatter:
--- part of the turn's step where the last change is the turn's, else a matter of its own.
---@param buf integer
---@param action fun()
function M.continue_step(buf, action)
  for client_id in pairs(steps) do
    if is_last(client_id, buf) then
      return M.in_step(client_id, buf, action)
    end
  end
  action()
end

-- From LSP to the buffer --------------------------------------------------------------------------------

---@param buf integer
---@param text string
---@return string[]
local function to_lines(buf, text)
  local format = vim.bo[buf].fileformat
  if format == 'dos' then
    text = text:gsub('\r\n', '\n')
  elseif format == 'mac' then
    text = text:gsub('\r\n?', '\n')
  end
  return vim.split(text, '\n', { plain = true })
end

---@class smallcode.Replacement
---@field from [integer, integer] row and byte column, from 0
---@field to [integer, integer]
---@field lines string[]
---@field index integer

--- A buffer has no line behind its last line end, where LSP has an empty one: what reaches it is told
--- relative to the end of the last line. A final line end that is new is not a line either: where the file
--- has none, writing it adds one ('fixendofline').
---@param buf integer
---@param replacement smallcode.Replacement
local function keep_inside(buf, replacement)
  local from, to, lines = replacement.from, replacement.to, replacement.lines
  local count = api.nvim_buf_line_count(buf)
  local function line_end(row)
    return { row, #api.nvim_buf_get_lines(buf, row, row + 1, true)[1] }
  end
  local last = line_end(count - 1)
  if to[1] < count then
    local ends_file = not vim.bo[buf].endofline and vim.deep_equal(to, last)
    if ends_file and #lines > 1 and lines[#lines] == '' then
      table.remove(lines)
    end
    return
  end
  replacement.to = last
  local appended = from[1] >= count
  if appended then
    replacement.from = replacement.to
    table.insert(lines, 1, '')
  end
  if #lines > 1 and lines[#lines] == '' then
    table.remove(lines)
  elseif not appended and #lines == 1 and lines[1] == '' and from[2] == 0 and from[1] > 0 then
    replacement.from = line_end(from[1] - 1)
  end
end

---@param buf integer
---@param edits table[]
---@param encoding string
---@return smallcode.Replacement[] last one first, so that none moves those that follow
local function replacements(buf, edits, encoding)
  local function position(point)
    local line = api.nvim_buf_get_lines(buf, point.line, point.line + 1, false)[1]
    return { point.line, line and compat.to_byte(line, point.character, encoding) or 0 }
  end
  local found = {}
  for index, edit in ipairs(edits) do
    found[index] = {
      from = position(edit.range.start),
      to = position(edit.range['end']),
      lines = to_lines(buf, edit.newText),
      index = index,
    }
    keep_inside(buf, found[index])
  end
  table.sort(found, function(a, b)
    if a.from[1] ~= b.from[1] then
      return a.from[1] > b.from[1]
    elseif a.from[2] ~= b.from[2] then
      return a.from[2] > b.from[2]
    end
    return a.index > b.index
  end)
  return found
end

---@param client_id integer
---@param change table a TextDocumentEdit
---@param encoding string
local function edit_text(client_id, change, encoding)
  local buf = vim.uri_to_bufnr(change.textDocument.uri)
  vim.fn.bufload(buf)
  vim.bo[buf].buflisted = true
  M.in_step(client_id, buf, function()
    for _, it in ipairs(replacements(buf, change.edits, encoding)) do
      api.nvim_buf_set_text(buf, it.from[1], it.from[2], it.to[1], it.to[2], it.lines)
    end
  end)
end

-- The handler -------------------------------------------------------------------------------------------

---@param change table
---@return string? reason
local function refusal(change)
  if change.kind then
    return nil
  end
  local document = change.textDocument
  local buf = vim.uri_to_bufnr(document.uri)
  local name = vim.fn.fnamemodify(vim.uri_to_fname(document.uri), ':~:.')
  local loaded = api.nvim_buf_is_loaded(buf)
  if document.version and not loaded then
    return ('%s is no longer open'):format(name)
  elseif document.version and document.version ~= vim.lsp.util.buf_versions[buf] then
    return ('%s has changed since: it is at version %d, the edit is for version %d'):format(
      name,
      vim.lsp.util.buf_versions[buf] or -1,
      document.version
    )
  elseif loaded and not vim.bo[buf].modifiable then
    return ("%s cannot be changed: 'modifiable' is off"):format(name)
  end
end

--- Both forms of a WorkspaceEdit as one list.
---@param edit table
---@return table[]
local function changes_of(edit)
  if edit.documentChanges then
    return edit.documentChanges
  end
  local changes = {}
  for uri, edits in vim.spairs(edit.changes or {}) do
    changes[#changes + 1] = { textDocument = { uri = uri }, edits = edits }
  end
  return changes
end

--- Everything or nothing as far as it can be known before; else `failedChange` says how far it went.
---@param client_id integer
---@param edit table a WorkspaceEdit
---@param encoding string
---@return table ApplyWorkspaceEditResult
function M.apply(client_id, edit, encoding)
  local changes = changes_of(edit)
  for index, change in ipairs(changes) do
    local reason = refusal(change)
    if reason then
      return { applied = false, failureReason = reason, failedChange = index - 1 }
    end
  end
  for index, change in ipairs(changes) do
    local ok, err = pcall(function()
      if change.kind then
        vim.lsp.util.apply_workspace_edit({ documentChanges = { change } }, encoding)
      else
        edit_text(client_id, change, encoding)
      end
    end)
    if not ok then
      return { applied = false, failureReason = tostring(err), failedChange = index - 1 }
    end
  end
  return { applied = true }
end

return M
