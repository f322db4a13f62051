--- The subcommands of `:Smallcode`: one table for running and for completion.
local M = {}

---@class smallcode.Subcommand
---@field run fun(words: string, lines?: smallcode.Lines)
---@field range? boolean

local function smallcode(name)
  return function(words, lines)
    require('smallcode')[name](words, lines)
  end
end

---@type table<string, smallcode.Subcommand>
M.subcommands = {
  ask = { run = smallcode('ask'), range = true },
  fix = { run = smallcode('fix'), range = true },
  explain = { run = smallcode('explain'), range = true },
  stop = { run = smallcode('stop') },
  undo = { run = smallcode('undo') },
  status = { run = smallcode('status') },
  new = { run = smallcode('new') },
  open = { run = smallcode('open') },
  close = { run = smallcode('close') },
  toggle = { run = smallcode('toggle') },
}

---@return string[]
local function names()
  local list = vim.tbl_keys(M.subcommands)
  table.sort(list)
  return list
end

---@param command vim.api.keyset.create_user_command.command_args
function M.run(command)
  local name, words = command.args:match('^(%S*)%s*(.-)%s*$')
  local subcommand = M.subcommands[name == '' and 'open' or name]
  local notify = require('smallcode.client').notify
  if not subcommand then
    return notify(
      ('there is no `%s`; there are %s'):format(name, table.concat(names(), ', ')),
      vim.log.levels.ERROR
    )
  elseif command.range > 0 and not subcommand.range then
    return notify(('`%s` takes no range'):format(name), vim.log.levels.ERROR)
  end
  subcommand.run(words, command.range > 0 and { first = command.line1, last = command.line2 } or nil)
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  if not line:match('Smallcode%s+%S*$') then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names())
end

return M
