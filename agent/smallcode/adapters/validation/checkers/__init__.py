"""The checkers, a file each. None of them runs code of the project: those are in ``projects``."""

from .base import Checker, Verdict
from .bash import BASH
from .gofmt import GOFMT
from .json import JSON
from .node import NODE
from .php import PHP
from .python import PYTHON
from .ruby import RUBY
from .rustfmt import RUSTFMT
from .toml import TOML

__all__ = ["ALL", "Checker", "Verdict"]

ALL: tuple[Checker, ...] = (PYTHON, NODE, BASH, JSON, TOML, GOFMT, RUSTFMT, RUBY, PHP)
