"""Extractors that end their process, as a broken grammar does: for tests of the pool that survives them."""

from __future__ import annotations

import os
import signal

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.facts import FileFacts


class Killer(Extractor):
    """What a file does to it stands in the file."""

    def facts(self, path: str, content: str) -> FileFacts:
        if "CRASH" in content:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "EXIT" in content:
            os._exit(3)
        while "HANG" in content:
            pass
        return super().facts(path, content)


class NeverStarts(Extractor):
    def __init__(self) -> None:
        os._exit(4)
