"""Tables as Markdown, and a report as one page that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Sequence

from .plots import Plot
from .tables import Table

STYLE = """
:root { color-scheme: light dark; --line: #8885; --soft: #8882; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p.note { opacity: .75; max-width: 50rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .87rem; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
td { vertical-align: top; }
th:first-child, td:first-child, .prose th, .prose td, td:nth-child(2) { text-align: left; }
thead th { border-bottom-width: 2px; position: sticky; top: 0; background: Canvas; }
tbody tr:hover { background: var(--soft); }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; background: #fff; border-radius: .4rem; }
"""


def markdown(title: str, tables: Sequence[Table]) -> str:
    parts = [f"# {title}\n"]
    for table in tables:
        parts.append(f"## {_cell(table.title)}\n")
        if table.note:
            parts.append(f"{table.note}\n")
        parts.append(markdown_table(table))
    return "\n".join(parts)


def markdown_table(table: Table) -> str:
    """A pipe table; figures are aligned to the right."""
    rule = ["---" if number == 0 or table.prose else "---:" for number in range(len(table.header))]
    rows = [map(_cell, table.header), rule, *(map(_cell, row) for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def page(title: str, tables: Sequence[Table], plots: Sequence[Plot]) -> str:
    """HTML with style and pictures in it; every text of a run is escaped."""
    first, *others = tables
    parts = [_section(first)]
    parts += [f"<h2>{html.escape(plot.title)}</h2><figure>{plot.svg}</figure>" for plot in plots]
    parts += [_section(table) for table in others]
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{html.escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _section(table: Table) -> str:
    note = f'<p class="note">{html.escape(table.note)}</p>' if table.note else ""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in table.header)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    kind = ' class="prose"' if table.prose else ""
    return (
        f"<h2>{html.escape(table.title)}</h2>{note}"
        f'<div class="wide"><table{kind}><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )
