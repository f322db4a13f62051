"""Bring a database up to date: `python3 tools/migrate.py DATABASE` (":memory:" to try the migrations)."""

import hashlib
import re
import sqlite3
import sys
from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parents[1] / "schema" / "migrations.sql"
HEADING = re.compile(r"^-- migration (\d{4}): (.+)$", re.MULTILINE)


class MigrationError(Exception):
    """The list of migrations is broken, or the database was made with another past."""


def read_migrations(text: str) -> list[tuple[int, str, str]]:
    """Number, title and statements of each migration, in order."""
    headings = list(HEADING.finditer(text))
    migrations = []
    for at, heading in enumerate(headings):
        end = headings[at + 1].start() if at + 1 < len(headings) else len(text)
        migrations.append((int(heading[1]), heading[2], text[heading.end() : end].strip()))
    for wanted, (number, title, _) in enumerate(migrations, 1):
        if number != wanted:
            raise MigrationError(f"migration {number:04d} ({title}) stands where {wanted:04d} is due")
    return migrations


def migrate(connection: sqlite3.Connection, text: str) -> list[str]:
    """Apply what the database lacks; the titles of what was applied."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, digest TEXT NOT NULL)")
    known = dict(connection.execute("SELECT number, digest FROM migrations"))
    applied = []
    for number, title, statements in read_migrations(text):
        digest = hashlib.sha256(statements.encode()).hexdigest()
        if number in known:
            if known[number] != digest:
                raise MigrationError(f"migration {number:04d} ({title}) has been changed after its release")
            continue
        connection.executescript(f"BEGIN;\n{statements}\nCOMMIT;")
        connection.execute("INSERT INTO migrations VALUES (?, ?)", (number, digest))
        connection.commit()
        applied.append(title)
    return applied


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: migrate.py DATABASE")
    with sqlite3.connect(sys.argv[1]) as connection:
        for title in migrate(connection, MIGRATIONS.read_text("utf-8")):
            print(f"applied: {title}")


if __name__ == "__main__":
    main()
