"""The command line. Only what a verb needs is imported, so that ``--version`` and ``--help`` are instant."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from . import __version__

BAD_USAGE = 2
INTERRUPTED = 130

EXIT_STATUS = """\
exit status of run:
  0    the turn ended with an answer
  1    it failed (the model server, the workspace, ...)
  2    the command line cannot be used
  3    it was stopped, because it made no progress
  4    it reached its step limit
  130  it was cancelled (Ctrl-C, a signal)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status; 2 for a command line that cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else BAD_USAGE
    if arguments.verb is None:
        parser.print_help(sys.stderr)
        return BAD_USAGE
    try:
        return _VERBS[arguments.verb](arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; the interpreter's own flush at exit must not fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(arguments: argparse.Namespace) -> int:
    from .commands import run  # noqa: PLC0415 - each verb imports its own world

    return run.main(
        run.Options(
            prompt=arguments.prompt,
            cwd=arguments.cwd,
            base_url=arguments.base_url,
            model=arguments.model,
            yes=arguments.yes,
            as_json=arguments.json,
        )
    )


def _doctor(arguments: argparse.Namespace) -> int:
    from .commands import doctor  # noqa: PLC0415

    return doctor.main(arguments.cwd, as_json=arguments.json)


def _sessions(arguments: argparse.Namespace) -> int:
    from .commands import sessions  # noqa: PLC0415

    return sessions.main(
        sessions.Options(
            verb=arguments.sessions_verb,
            cwd=arguments.cwd,
            turn=getattr(arguments, "turn", None),
            session=getattr(arguments, "session", None),
            as_json=getattr(arguments, "json", False),
        )
    )


def _graph(arguments: argparse.Namespace) -> int:
    from .commands import graph  # noqa: PLC0415

    return graph.main(
        graph.Options(
            name=arguments.name,
            cwd=arguments.cwd,
            max_tokens=arguments.max_tokens,
            explain=arguments.explain,
            svg=arguments.svg,
        )
    )


def _demo(arguments: argparse.Namespace) -> int:
    from .commands import demo  # noqa: PLC0415

    return demo.main(live=arguments.live, yes=arguments.yes, svg=arguments.svg)


def _replay(arguments: argparse.Namespace) -> int:
    from .commands import replay  # noqa: PLC0415

    return replay.main(arguments.script, arguments.port)


def _bench(arguments: argparse.Namespace) -> int:
    from .commands import bench  # noqa: PLC0415

    return bench.main(arguments.words)


def _eval(arguments: argparse.Namespace) -> int:
    from .commands import eval as evaluation  # noqa: PLC0415

    return evaluation.main(arguments.suite, arguments.file)


def _index(arguments: argparse.Namespace) -> int:
    from .commands import index  # noqa: PLC0415

    return index.main(index.Options(arguments.cwd, stats=arguments.stats, as_json=arguments.json))


_VERBS = {
    "run": _run,
    "sessions": _sessions,
    "doctor": _doctor,
    "index": _index,
    "graph": _graph,
    "demo": _demo,
    "replay": _replay,
    "bench": _bench,
    "eval": _eval,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="smallcode", description="A coding agent for small local models, in the editor and headless."
    )
    parser.add_argument("--version", action="version", version=f"smallcode {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")

    run = verbs.add_parser(
        "run",
        help="one turn without an editor, on the files of a folder",
        epilog=EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("prompt", metavar="PROMPT", type=_prompt, help="what is to be done")
    _add_cwd(run)
    run.add_argument("--base-url", metavar="URL", help="address of an OpenAI-compatible server")
    run.add_argument("--model", metavar="NAME", help="model to ask for")
    run.add_argument(
        "--yes", action="store_true", help="allow shell commands and edits inside the folder without asking"
    )
    run.add_argument("--json", action="store_true", help="print one event per line as JSON")

    _add_sessions(verbs.add_parser("sessions", help="the turns of a folder, and taking one back"))

    doctor = verbs.add_parser("doctor", help="what works, what does not, and what to do about it")
    _add_cwd(doctor)
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")

    index = verbs.add_parser("index", help="make the code graph of a folder, or bring it up to date")
    _add_cwd(index)
    index.add_argument("--stats", action="store_true", help="what is in it, and what was left out and why")
    index.add_argument("--json", action="store_true", help="print all figures as JSON")
    _add_graph(verbs.add_parser("graph", help="what a model is shown of a name or a question about the code"))

    demo = verbs.add_parser("demo", help="a turn in a small project, from a failing test to a passing one")
    demo.add_argument("--live", action="store_true", help="ask the model server that is set or found")
    demo.add_argument("--yes", action="store_true", help="with --live: run the model's commands unasked")
    demo.add_argument("--svg", metavar="FILE", help="save the screen as an SVG picture")

    replay = verbs.add_parser("replay", help="serve a script of replies as a model server, for tests")
    replay.add_argument("script", metavar="SCRIPT.json")
    replay.add_argument("--port", type=_port, default=0, help="0, the default, takes a free one")

    # Every word is the benchmark's, --help too: with this prefix none is taken for an option here.
    bench = verbs.add_parser(
        "bench", help="judge harnesses against a simulated model", prefix_chars="\0", add_help=False
    )
    bench.add_argument("words", nargs="*")

    evaluation = verbs.add_parser("eval", help="score the rules before the model on labelled messages")
    evaluation.add_argument("suite", choices=("classify_accuracy", "tool_selection"))
    evaluation.add_argument(
        "file", metavar="FILE.jsonl", nargs="?", help="messages (default: the checkout's)"
    )
    return parser


def _add_sessions(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="sessions_verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the turns that changed files here, the newest first")
    undo = verbs.add_parser("undo", help="take back what a turn changed; what you changed since stays")
    keep = verbs.add_parser("keep", help="keep what an interrupted turn did; it is not offered again")
    for verb in (undo, keep):
        which = verb.add_mutually_exclusive_group()
        which.add_argument("--turn", metavar="ID", help="the turn that `sessions list` shows")
        which.add_argument("--last", action="store_true", help="the last one that can be (the default)")
    for verb in (listing, undo):
        verb.add_argument("--session", metavar="ID", help="of this session alone")
        verb.add_argument("--json", action="store_true", help="print the outcome as JSON")
    for verb in (listing, undo, keep):
        _add_cwd(verb)


def _add_graph(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", type=_prompt, help="a name, or words of what the code does")
    _add_cwd(parser)
    parser.add_argument(
        "--max-tokens",
        metavar="N",
        type=_tokens,
        default=0,
        help="length of the result (default: as the tool's)",
    )
    parser.add_argument("--explain", action="store_true", help="tell all of one symbol")
    parser.add_argument("--svg", metavar="FILE", help="save the neighbourhood of the best match as a picture")


def _tokens(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of tokens")
    return int(text)


def _add_cwd(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cwd", metavar="DIR", default=".", help="the project's folder (default: this one)")


def _prompt(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the prompt is empty")
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)
