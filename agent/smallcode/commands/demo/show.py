"""What the demo puts on the screen, beside the turn itself."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ..screen import TurnScreen, diff_text
from .editor import Buffer
from .project import FILES, TEST_COMMAND, Tested

# Wide enough for the texts, narrow enough for a terminal beside an editor. Columns.
WIDTH = 92

_WEB_FONT = re.compile(r"@font-face\s*\{[^}]*\}\s*")


class Show:
    """Sections with a heading; ``screen`` shows the events of the turn between them."""

    def __init__(self, *, record: bool) -> None:
        self._console = Console(record=record, highlight=False)
        self._console.width = WIDTH if record else min(WIDTH, self._console.width)
        self.screen = TurnScreen(self._console)

    def opening(self, *, live: bool) -> None:
        self._console.print()
        self.screen.line("SmallCode: one turn, from a failing test to a passing one", "bold")
        if live:
            self.screen.line("The replies come from your model server.", "dim")
        else:
            self.screen.line(
                "The model's replies are replayed from a script that ships with the package. All else is "
                "real: the language server, the HTTP stream, the tools, the edits, the tests. "
                "`smallcode demo --live` asks your own model instead.",
                "dim",
            )

    def section(self, title: str) -> None:
        self.screen.pause()
        self._console.print()
        self._console.rule(Text(title, "bold"), align="left", style="dim", characters="─")

    def project(self, root: Path, buffer: Buffer) -> None:
        names = ", ".join(sorted(FILES))
        self.screen.line(Text.assemble((f"{root.name}/", "bold"), f"  a git repository with {names}"))
        self.screen.line(
            Text.assemble(
                (buffer.path.name, "bold"), "  is open in the editor, with a change that is not saved:"
            )
        )
        self.diff(buffer.saved or "", buffer.text)

    def diff(self, before: str, after: str) -> None:
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        for line in diff_text("\n".join(lines)).split("\n"):
            self.screen.line(Text("    ") + line)

    def tested(self, run: Tested) -> None:
        mark = ("✓ ", "bold green") if run.green else ("✗ ", "bold red")
        style = "green" if run.green else "red"
        reason = f"  {run.reason}" if run.reason else ""
        self.screen.line(
            Text.assemble(mark, (TEST_COMMAND, "bold"), "  ", (run.outcome, style), (reason, "dim"))
        )

    def check(self, good: bool, text: str) -> None:
        self.screen.line(Text.assemble(("✓ ", "bold green") if good else ("✗ ", "bold red"), text))

    def asked(self, title: str, outcome: str, *, by_demo: bool) -> None:
        words = {"allow_once": "allowed", "allow_always": "allowed for this session", "deny": "refused"}
        by = " by the demo" if by_demo else ""
        self.screen.line(Text.assemble(("  ? ", "yellow"), (f"{title}: {words[outcome]}{by}", "dim")))

    def saved(self, names: list[str]) -> None:
        self.screen.line(f"  ↓ saved before the command runs: {', '.join(names)}", "dim")

    def failed(self, message: str) -> None:
        self.screen.line(message, "red")

    def closing(self) -> None:
        self._console.print()
        self.screen.line(
            "Undo takes the turn's edits back in the editor, and leaves the user's own alone.", "dim"
        )
        self._console.print()

    def svg(self) -> str:
        """The recorded screen, with the viewer's own monospaced font: a picture fetches nothing."""
        return _WEB_FONT.sub("", self._console.export_svg(title="smallcode demo"))
