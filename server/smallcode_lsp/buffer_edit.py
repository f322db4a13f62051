"""One edit of one open document: asked of the editor, then seen to have happened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from lsprotocol import types

from smallcode.errors import EditRejected, StaleEdit
from smallcode.messages import Edit, TextEdit

from .editor_port import EditAnswer, EditorPort
from .mirror import Document
from .to_lsp import workspace_edit
from .verify import judge


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the editor, in seconds.

    ``answer`` is for ``workspace/applyEdit``: editors do it at once, but their main thread can be busy.
    ``change`` is for the didChange that follows: Neovim holds it back 150 ms, Emacs's eglot 500 ms, and a
    loaded machine adds to it. ``settle``: when changes came that are not the edit, and then none for so long,
    no more will come; it is longer than those delays. ``save`` leaves time for formatters that run on saving.
    """

    answer: float = 10.0
    change: float = 5.0
    settle: float = 0.6
    save: float = 30.0


PATIENCE = Patience()


async def edit_buffer(
    document: Document, edit: Edit, editor: EditorPort, *, patience: Patience, versioned: bool = True
) -> tuple[str, str]:
    """The text that the edit made, and the stamp of the document at that moment.

    Raises StaleEdit where the text is not, or no longer, the edit's base, and EditRejected where the editor
    refuses, drops or changes the edit, or does not answer.
    """
    before = document.text
    edits = _based_on(before, edit)
    if edit.content == before:
        return before, document.stamp
    request = workspace_edit(document, edits, versioned=versioned)
    seen_changes = document.changes
    # Watched before asking: the change can arrive, and be typed over, before the answer does.
    made = document.watch(lambda current: current.stamp if current.holds(edit.content) else None)
    try:
        answer = await _ask(editor, request, f"SmallCode: edit {edit.path}", patience)
        # A refusal without a reason mostly means that the user typed: that change may still be on its way.
        refused = answer is not None and not answer.applied
        await _settled(
            document, made, seen_changes, patience.settle if refused else patience.change, patience
        )
        if made.done() and (stamp := made.result()) is not None:
            return edit.content, stamp
    finally:
        made.cancel()
    return _outcome(document, before, edit, answer, patience)


def _based_on(before: str, edit: Edit) -> Sequence[TextEdit]:
    if edit.base is None:
        # Editors show a file that does not exist yet as an empty buffer; Neovim's holds one line end.
        if before.strip("\r\n"):
            raise StaleEdit(edit.path, f"{edit.path} exists in the editor already.", "Read it first.")
        return (TextEdit(0, len(before), edit.content),)
    if before != edit.base.content:
        raise StaleEdit(
            edit.path, f"{edit.path} was changed in the editor after it was read.", "Read it again."
        )
    return edit.edits


async def _ask(
    editor: EditorPort, request: types.WorkspaceEdit, label: str, patience: Patience
) -> EditAnswer | None:
    """None where no answer came in time."""
    try:
        async with asyncio.timeout(patience.answer):
            return await editor.apply_edit(request, label)
    except TimeoutError:
        return None


async def _settled(
    document: Document,
    made: asyncio.Future[str | None],
    seen_changes: int,
    timeout: float,
    patience: Patience,
) -> None:
    """Until the edit is seen, or something else came and nothing follows, or ``timeout`` seconds are over."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + timeout
    while (left := ends - loop.time()) > 0:
        so_far = document.changes
        await asyncio.wait({made}, timeout=min(patience.settle, left))
        if made.done() or (document.changes == so_far and so_far != seen_changes):
            return


def _outcome(
    document: Document, before: str, edit: Edit, answer: EditAnswer | None, patience: Patience
) -> tuple[str, str]:
    """What to make of a document that did not become what the edit should have made of it."""
    path = edit.path
    if not document.is_open:
        raise EditRejected(path, f"{path} was closed in the editor while it was edited.", "Read it again.")
    actual = document.text
    verdict = judge(before, edit.content, actual)
    if verdict == "made":
        return actual, document.stamp
    if verdict == "made_among_others":
        # Nobody has been shown what was typed meanwhile: a stamp of its own makes the next write read first.
        return edit.content, f"{document.stamp}+typing"
    if verdict == "overtaken":
        raise StaleEdit(path, f"{path} was changed in the editor while it was edited.", "Read it again.")
    if verdict == "different":
        raise EditRejected(
            path, f"The editor made something else of the edit of {path}.", "Read the file to see what."
        )
    if answer is None:
        reason = f"did not answer for {patience.answer:g} s; the edit may still come"
    elif answer.applied:
        reason = "said that the edit is applied, and dropped it"
    else:
        reason = f"refused it: {answer.reason}" if answer.reason else "refused it and gave no reason"
    raise EditRejected(
        path,
        f"{path} was not edited: the editor {reason}.",
        "Read the file again; if it is read-only in the editor, the user must unlock it.",
    )
