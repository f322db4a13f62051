-- For vim.lsp.enable('smallcode'), Neovim 0.11 and newer. The plugin starts the same client by itself when
-- it is first used; this is for those who want it, and its code actions, in every file from the start.
return require('smallcode.client').enable_config()
