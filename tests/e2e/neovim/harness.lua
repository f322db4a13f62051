-- Runs one scenario in this Neovim and exits 0, or 1 with what went wrong on stderr.
--
-- A scenario is a function of `t`. It runs in a coroutine beside the editor's main loop, so that typed keys,
-- timers and the server's messages are served as they are for a user. SMALLCODE_E2E holds, as JSON: scenario,
-- project, server (command), url.
local given = vim.json.decode(vim.env.SMALLCODE_E2E)

local t = { project = given.project, url = given.url, server = given.server, permissions = {}, messages = {} }

-- A machine that is busy with other tests is slow. Milliseconds.
local PATIENCE = 30000

local ended = {}

---@param what string
---@param condition fun(): any
function t.wait(what, condition)
  local this = assert(coroutine.running())
  local deadline = vim.uv.now() + PATIENCE
  local timer = assert(vim.uv.new_timer())
  timer:start(
    0,
    10,
    vim.schedule_wrap(function()
      if timer:is_closing() then
        return
      end
      local ok, value = pcall(condition)
      if (ok and value) or vim.uv.now() > deadline then
        timer:close()
        coroutine.resume(this, ok and value, value)
      end
    end)
  )
  local value, err = coroutine.yield()
  if not value then
    error(
      ('waited in vain for %s (%s)\nview:\n%s\nmessages:\n%s'):format(what, tostring(err), t.view(), t.said()),
      2
    )
  end
  return value
end

---@param milliseconds integer
function t.sleep(milliseconds)
  local over = vim.uv.now() + milliseconds
  t.wait('time to pass', function()
    return vim.uv.now() >= over
  end)
end

function t.eq(actual, expected, what)
  if not vim.deep_equal(actual, expected) then
    error(
      ('%s\nexpected: %s\nactual:   %s'):format(
        what or 'not equal',
        vim.inspect(expected),
        vim.inspect(actual)
      ),
      2
    )
  end
end

function t.has(text, part, what)
  if not text:find(part, 1, true) then
    error(('%s: %q is not in\n%s'):format(what or 'missing', part, text), 2)
  end
end

function t.lacks(text, part, what)
  if text:find(part, 1, true) then
    error(('%s: %q is in\n%s'):format(what or 'unexpected', part, text), 2)
  end
end

--- The absolute path of a file in the project.
function t.path(name)
  return vim.fs.joinpath(given.project, name)
end

function t.write(name, bytes)
  vim.fn.mkdir(vim.fs.dirname(t.path(name)), 'p')
  local file = assert(io.open(t.path(name), 'wb'))
  file:write(bytes)
  file:close()
end

function t.read(name)
  local file = assert(io.open(t.path(name), 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

--- Make a file and edit it; returns its buffer.
function t.edit(name, bytes)
  if bytes then
    t.write(name, bytes)
  end
  vim.cmd.edit(vim.fn.fnameescape(t.path(name)))
  return vim.api.nvim_get_current_buf()
end

function t.lines(buf)
  return vim.api.nvim_buf_get_lines(buf or 0, 0, -1, true)
end

function t.view()
  local buf = vim.fn.bufnr('^smallcode://answers$')
  return buf > 0 and table.concat(t.lines(buf), '\n') or '(none)'
end

function t.said()
  return table.concat(t.messages, '\n')
end

--- Run a command and wait for the turn that it starts to end; returns how it ended.
function t.turn(command)
  local before = #ended
  vim.cmd(command)
  return t.ended(before)
end

function t.count()
  return #ended
end

---@param before integer as from t.count()
function t.ended(before)
  t.wait('the turn to end', function()
    return #ended > before
  end)
  return ended[#ended]
end

function t.client()
  return vim.lsp.get_clients({ name = 'smallcode' })[1]
end

--- Keys as a user types them.
function t.keys(keys)
  vim.api.nvim_input(keys)
end

function t.options(changes)
  vim.g.smallcode = vim.tbl_deep_extend('force', vim.g.smallcode, changes)
end

vim.g.smallcode = {
  cmd = given.server,
  settings = { base_url = given.url },
  permission = function(request, answer)
    table.insert(t.permissions, request)
    answer(t.answer or 'allow_once')
  end,
}
vim.notify = function(message)
  table.insert(t.messages, message)
end
vim.api.nvim_create_autocmd('User', {
  pattern = 'SmallCodeTurnEnded',
  callback = function(event)
    table.insert(ended, event.data)
  end,
})

local function finish(ok, err)
  if not ok then
    io.stderr:write(tostring(err), '\n')
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'smallcode' })) do
    require('smallcode.compat').stop(client, not ok)
  end
  vim.wait(5000, function()
    return #vim.lsp.get_clients() == 0
  end, 10)
  os.exit(ok and 0 or 1)
end

vim.schedule(coroutine.wrap(function()
  vim.cmd.cd(vim.fn.fnameescape(given.project))
  local scenario = assert(loadfile(given.scenario))()
  finish(xpcall(scenario, debug.traceback, t))
end))
