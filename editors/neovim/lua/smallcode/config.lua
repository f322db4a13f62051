--- Options: the defaults, then `vim.g.smallcode`, then what `setup()` was given.
local M = {}

---@alias smallcode.Outcome 'allow_once'|'allow_always'|'deny'
---@alias smallcode.PermissionHook fun(request: smallcode.PermissionParams, answer: fun(outcome: smallcode.Outcome))

---@class smallcode.ViewOptions
---@field position 'right'|'left'|'top'|'bottom'
---@field size number below 1 a share of the screen, else columns or lines

---@class smallcode.Options
---@field cmd? string[] the server's command; unset looks for it
---@field settings table<string, any> the agent's settings, the names of smallcode.toml
---@field trusted? boolean|fun(root: string): boolean? whether the folder's own settings and programs count
---@field root_markers string[] what marks the root of a project
---@field autostart boolean start with the first file instead of at first use
---@field permission 'float'|'select'|smallcode.PermissionHook
---@field view smallcode.ViewOptions

---@type smallcode.Options
local DEFAULTS = {
  cmd = nil,
  settings = {},
  trusted = nil,
  root_markers = { '.git' },
  autostart = false,
  permission = 'float',
  view = { position = 'right', size = 0.4 },
}

local function is(kind)
  return function(value)
    return type(value) == kind, 'a ' .. kind
  end
end

local function one_of(...)
  local names = { ... }
  return function(value)
    return vim.list_contains(names, value), 'one of ' .. table.concat(names, ', ')
  end
end

local function either(first, second)
  return function(value)
    local ok, what = first(value)
    local also, other = second(value)
    return ok or also, what .. ' or ' .. other
  end
end

local function strings(value)
  local ok = vim.islist(value)
  for _, item in ipairs(ok and value or {}) do
    ok = ok and type(item) == 'string'
  end
  return ok, 'a list of strings'
end

local function positive(value)
  return type(value) == 'number' and value > 0, 'a positive number'
end

local CHECKS = {
  cmd = function(value)
    local ok = strings(value)
    return ok and #value > 0, 'a list: the program and its arguments'
  end,
  settings = is('table'),
  trusted = either(is('boolean'), is('function')),
  root_markers = strings,
  autostart = is('boolean'),
  permission = either(one_of('float', 'select'), is('function')),
  ['view.position'] = one_of('right', 'left', 'top', 'bottom'),
  ['view.size'] = positive,
}

local from_setup = {} ---@type table<string, any>

---@param options? table
function M.setup(options)
  from_setup = options or {}
end

--- Take from `given` what is known and valid, into `options`; say what is not.
---@param options table
---@param given table
---@param prefix string
---@param origin string
---@param problems string[]
local function merge(options, given, prefix, origin, problems)
  for key, value in pairs(given) do
    local name = prefix .. tostring(key)
    if name == 'view' then
      if type(value) == 'table' then
        merge(options.view, value, 'view.', origin, problems)
      else
        problems[#problems + 1] = ('%s: `view` must be a table'):format(origin)
      end
    elseif not CHECKS[name] then
      problems[#problems + 1] = ('%s: there is no option `%s`'):format(origin, name)
    else
      local ok, wanted = CHECKS[name](value)
      if ok then
        options[key] = value
      else
        problems[#problems + 1] = ('%s: `%s` must be %s'):format(origin, name, wanted)
      end
    end
  end
end

--- The options in force, and what was wrong with those given: unknown ones are left out, invalid ones keep
--- their default.
---@return smallcode.Options options
---@return string[] problems
function M.get()
  local options, problems = vim.deepcopy(DEFAULTS), {}
  for _, source in ipairs({ { 'vim.g.smallcode', vim.g.smallcode }, { 'setup()', from_setup } }) do
    local origin, given = source[1], source[2]
    if type(given) == 'table' then
      merge(options, given, '', origin, problems)
    elseif given ~= nil then
      problems[#problems + 1] = origin .. ' must be a table'
    end
  end
  table.sort(problems)
  return options, problems
end

--- What initializationOptions carry for a folder.
---@param root string
---@return table
function M.for_server(root)
  local options = M.get()
  local trusted = options.trusted
  if type(trusted) == 'function' then
    trusted = trusted(root)
  end
  return {
    settings = next(options.settings) and options.settings or vim.empty_dict(),
    trusted = trusted,
  }
end

return M
