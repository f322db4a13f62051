--- Finds the language server's program.
local config = require('smallcode.config')

local M = {}

M.INSTALL =
  'Install it with `uv tool install smallcode-lsp` or `pipx install smallcode-lsp`, or set the option `cmd`.'

local PROGRAM = 'smallcode-lsp'
local ARGUMENTS = { '--stdio' }

---@param folder string
---@return string
local function in_venv(folder)
  if vim.fn.has('win32') == 1 then
    return vim.fs.joinpath(folder, 'Scripts', PROGRAM .. '.exe')
  end
  return vim.fs.joinpath(folder, 'bin', PROGRAM)
end

---@param program string
---@return string[]
local function command(program)
  return vim.list_extend({ program }, ARGUMENTS)
end

--- The option `cmd`, the active virtual environment, that of the folder (only where the folder is trusted:
--- a program in it would run by merely opening the folder), then the PATH.
---@param root string
---@return string[]? cmd
---@return string where the place it was found at, or why it was not
function M.find(root)
  local given = config.get().cmd
  if given then
    if vim.fn.executable(given[1]) == 1 then
      return given, 'the option `cmd`'
    end
    return nil, ('The option `cmd` names %s, which cannot be run.'):format(given[1])
  end
  local active = vim.env.VIRTUAL_ENV
  if active and active ~= '' and vim.fn.executable(in_venv(active)) == 1 then
    return command(in_venv(active)), '$VIRTUAL_ENV'
  end
  local own = in_venv(vim.fs.joinpath(root, '.venv'))
  if config.for_server(root).trusted and vim.fn.executable(own) == 1 then
    return command(own), "the project's .venv"
  end
  local found = vim.fn.exepath(PROGRAM)
  if found ~= '' then
    return command(found), 'the PATH'
  end
  return nil, ('The server %s was not found. %s'):format(PROGRAM, M.INSTALL)
end

return M
