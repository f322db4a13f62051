"""The language server: the only package that knows LSP."""

__version__ = "0.1.0"
