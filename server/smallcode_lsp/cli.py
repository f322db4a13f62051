"""smallcode-lsp: the language server's command line. Editors start it; people rarely do."""

from __future__ import annotations

import argparse
import logging
import sys

from . import __version__


def main(argv: list[str] | None = None) -> int:
    """Serve one client over stdin and stdout until it says exit or goes away."""
    parser = argparse.ArgumentParser(
        prog="smallcode-lsp", description="The language server of SmallCode, a coding agent for small models."
    )
    parser.add_argument("--stdio", action="store_true", help="speak over stdin and stdout (the default)")
    parser.add_argument("--version", action="version", version=f"smallcode-lsp {__version__}")
    parser.add_argument(
        "--log-level",
        default="WARNING",
        choices=["DEBUG", "INFO", "WARNING", "ERROR"],
        help="how much goes to stderr (default: %(default)s)",
    )
    options = parser.parse_args(argv)
    logging.basicConfig(
        stream=sys.stderr, level=options.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # Below warnings pygls logs whole messages, and with them the key and the user's files.
    logging.getLogger("pygls").setLevel(max(logging.WARNING, logging.getLogger().level))
    if sys.stdin.isatty():
        parser.exit(2, "smallcode-lsp talks to an editor over stdin; nothing to do on a terminal.\n")
    from .server import make_server  # noqa: PLC0415 - pygls takes a second that --version need not pay
    from .stdio import serve  # noqa: PLC0415

    return serve(make_server())
