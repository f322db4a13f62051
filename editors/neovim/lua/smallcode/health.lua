--- `:checkhealth smallcode`
local M = {}

-- The server asks the model server before it answers, for three seconds at most. Milliseconds.
local PATIENCE = 5000

local health = vim.health

local function check_editor()
  health.start('Neovim')
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim 0.10 or newer is needed, this is ' .. tostring(vim.version()))
  end
end

local function check_options()
  health.start('Options')
  local _, problems = require('smallcode.config').get()
  for _, problem in ipairs(problems) do
    health.warn(problem, 'See :help smallcode-options')
  end
  if #problems == 0 then
    health.ok('nothing unknown in vim.g.smallcode and setup()')
  end
end

---@param root string
local function check_server(root)
  health.start('Server')
  local cmd, where = require('smallcode.server').find(root)
  if cmd then
    health.ok(('%s (found by %s)'):format(table.concat(cmd, ' '), where))
  else
    health.error(where, require('smallcode.server').INSTALL)
  end
end

---@param status table
local function report(status)
  local lines = require('smallcode').status_lines(status)
  if status.health == 'unreachable' then
    health.error(
      status.problem or 'the model server cannot be reached',
      'Start a model server (llama-server, Ollama, …), or set `settings.base_url`'
    )
  elseif status.health == 'ok' then
    health.ok('the model server answers')
  else
    health.info('the model server has not been asked yet')
  end
  if status.windowSource == 'assumed' then
    health.warn('the size of the context window is assumed', 'Set `settings.context_window`')
  end
  for _, line in ipairs(lines) do
    health.info(line)
  end
end

---@param root string
local function check_client(root)
  health.start('Client')
  local lsp = require('smallcode.client').get(root)
  if not lsp or not lsp.initialized then
    return health.info(('not running for %s; it starts with the first question'):format(root))
  end
  health.ok(
    ('running for %s, %d buffers, positions in %s'):format(
      root,
      vim.tbl_count(lsp.attached_buffers),
      lsp.offset_encoding
    )
  )
  local err, result
  require('smallcode.compat').request(lsp, 'smallcode/status', vim.empty_dict(), function(...)
    err, result = ...
  end)
  vim.wait(PATIENCE, function()
    return err ~= nil or result ~= nil
  end, 20)
  if result then
    report(result)
  else
    health.error(err and err.message or 'the server does not answer', 'See ' .. vim.lsp.log.get_filename())
  end
end

function M.check()
  local client = require('smallcode.client')
  -- The report has a buffer of its own: what counts is where the user came from.
  local before = vim.fn.bufnr('#')
  local buf = before > 0 and vim.api.nvim_buf_is_loaded(before) and before or vim.api.nvim_get_current_buf()
  local root = client.root_of(buf)
  check_editor()
  check_options()
  check_server(root)
  check_client(root)
end

return M
