-- Permission: denied by the hook, by a key in the window that shows the command, and by closing it; allowed by
-- a key; a key that was on its way when the window took the cursor is no answer.
local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return window
    end
  end
end

return function(t)
  local buf = t.edit('notes.txt', 'nothing\n')
  t.answer = 'deny'
  t.turn('Smallcode ask one')
  t.eq(#t.permissions, 1)
  t.eq(t.permissions[1].kind, 'shell')
  t.eq(t.permissions[1].detail, "echo one >>log.txt\necho 'and ``` more'")
  t.has(t.view(), '✗ run echo one >>log.txt')
  t.eq(vim.uv.fs_stat(t.path('log.txt')), nil, 'nothing ran')

  t.options({ permission = 'float' })
  local function new_session()
    t.messages = {}
    vim.cmd('Smallcode new')
    t.wait('the new session', function()
      return t.said() == 'smallcode: a new session'
    end)
  end
  local function question(prompt)
    new_session()
    local before = t.count()
    vim.cmd('Smallcode ask ' .. prompt)
    t.wait('the question', float)
    return before
  end

  local before = question('two')
  local window = float()
  t.eq(vim.api.nvim_get_current_win(), window, 'it has the cursor')
  t.eq(t.lines(vim.api.nvim_win_get_buf(window)), { 'echo one >>log.txt', "echo 'and ``` more'" })
  local config = vim.api.nvim_win_get_config(window)
  t.eq(config.title[1][1], ' Run a shell command ')
  t.eq(config.footer[1][1], ' y once · a always in this session · n deny ')
  t.keys('y')
  t.sleep(100)
  t.eq(float(), window, 'a key within the first moment is no answer')
  t.sleep(300)
  t.keys('<Esc>')
  t.eq(t.ended(before).stop_reason, 'done')
  t.eq(float(), nil)
  t.eq(vim.uv.fs_stat(t.path('log.txt')), nil, 'Escape denies')

  before = question('three')
  vim.cmd.close()
  t.ended(before)
  t.eq(vim.uv.fs_stat(t.path('log.txt')), nil, 'closing denies')

  before = question('four')
  t.sleep(400)
  t.keys('y')
  t.ended(before)
  t.eq(t.read('log.txt'), 'one\n', 'y allows')

  -- Whoever is typing is not interrupted: the window waits for Normal mode.
  new_session()
  before = t.count()
  vim.cmd('Smallcode ask five')
  t.keys('Oyes and no')
  t.wait('the question', float)
  t.keys(', any')
  t.wait('what was typed', function()
    return t.lines(buf)[1] == 'yes and no, any'
  end)
  t.eq(t.read('log.txt'), 'one\n', 'typing is no answer')
  t.eq(vim.api.nvim_get_current_buf(), buf)
  t.keys('<Esc>')
  t.wait('the cursor to move', function()
    return vim.api.nvim_get_current_win() == float()
  end)
  t.sleep(400)
  t.keys('a')
  t.ended(before)
  t.eq(t.read('log.txt'), 'one\none\n', 'a allows')

  -- vim.ui.select, as somebody may have it: the command is in the prompt.
  t.options({ permission = 'select' })
  local asked
  vim.ui.select = function(items, options, done)
    asked = { items = items, prompt = options.prompt, last = options.format_item(items[#items]) }
    done(items[1])
  end
  new_session()
  t.turn('Smallcode ask six')
  t.eq(asked, {
    items = { 'allow_once', 'allow_always', 'deny' },
    prompt = "Run a shell command\necho one >>log.txt\necho 'and ``` more'\n",
    last = 'deny',
  })
  t.eq(t.read('log.txt'), 'one\none\none\n', 'what was chosen counts')
  t.options({ permission = 'float' })

  -- Stopping takes the question back.
  before = question('seven')
  vim.cmd('Smallcode stop')
  t.eq(t.ended(before).stop_reason, 'cancelled')
  t.eq(float(), nil)
end
