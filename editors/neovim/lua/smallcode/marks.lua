--- The marks of the view, each with its words where it has some, and how they are coloured.
local M = { RUNNING = '⋯', OK = '✓', FAILED = '✗' }

M.NOTICES = {
  info = { 'ℹ', 'SmallCodeInfo' },
  warning = { '⚠', 'SmallCodeWarning' },
  error = { M.FAILED, 'SmallCodeFailed' },
}

M.ENDINGS = {
  done = { M.OK, 'done', 'SmallCodeOk' },
  cancelled = { '■', 'stopped by you', 'SmallCodeWarning' },
  stopped = { '■', 'stopped', 'SmallCodeWarning' },
  step_limit = { '■', 'stopped at a limit', 'SmallCodeWarning' },
  failed = { M.FAILED, 'failed', 'SmallCodeFailed' },
}

M.PLAN = {
  done = { M.OK, 'SmallCodeOk' },
  current = { '→', 'SmallCodeRunning' },
  open = { '·', 'SmallCodeStatus' },
}

-- Events that are told in a sentence of their own.
M.DETAILS = { reply_corrected = '↻', context_trimmed = '✂', governed = '↻' }

return M
