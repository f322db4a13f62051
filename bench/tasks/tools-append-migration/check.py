"""The new migration applies to a released database with members in it, and does what was asked."""

import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, fail, main, read

SEED = Path(__file__).resolve().parent / "seed"
RELEASED = (SEED / "schema" / "migrations.sql").read_text("utf-8")
MEMBERS = [("Ada", "Ada@example.org"), ("Bob", None), ("Cy", None)]
COLUMNS = ["id", "name", "email", "joined", "phone"]

sys.path.insert(0, str(SEED / "tools"))
from migrate import MigrationError, migrate


def verify(workspace: Path) -> None:
    text = read(workspace, "schema/migrations.sql")
    connection = sqlite3.connect(":memory:")
    migrate(connection, RELEASED)
    connection.executemany("INSERT INTO members (name, email) VALUES (?, ?)", MEMBERS)
    connection.commit()
    try:
        applied = migrate(connection, text)
        expect("migrations applied by a second run", migrate(connection, text), [])
    except (MigrationError, sqlite3.Error) as error:
        fail(f"the migrations cannot be applied: {error}")
    expect("number of migrations applied to a released database", len(applied), 1)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(members)")]
    expect("columns of members", columns, COLUMNS)
    rows = connection.execute("SELECT name, email, phone FROM members ORDER BY id")
    expect("members", [list(row) for row in rows], [[*member, None] for member in MEMBERS])
    expect("a second address in other letters", added(connection, "ADA@example.ORG", None), False)
    expect("another address", added(connection, "dan@example.org", "+49 30 1234"), True)
    expect("no address", added(connection, None, None), True)
    expect("an empty phone number", added(connection, "eve@example.org", ""), False)
    emptied = changed(connection, "UPDATE members SET phone = '' WHERE name = 'Bob'")
    expect("an empty phone number later", emptied, False)


def added(connection: sqlite3.Connection, email: str | None, phone: str | None) -> bool:
    return changed(connection, "INSERT INTO members (name, email, phone) VALUES ('x', ?, ?)", email, phone)


def changed(connection: sqlite3.Connection, statement: str, *values: str | None) -> bool:
    try:
        connection.execute(statement, values)
    except sqlite3.IntegrityError:
        return False
    return True


if __name__ == "__main__":
    main(verify)
