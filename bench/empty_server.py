"""A language server that does nothing: what pygls itself costs, to measure ours against."""

from pygls.lsp.server import LanguageServer

if __name__ == "__main__":
    LanguageServer("empty", "1").start_io()
