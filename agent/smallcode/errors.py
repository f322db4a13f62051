"""The exceptions of the agent.

Each one names the thing that went wrong and the remedy; ``str(error)`` is fit for a user's eyes.

::

    SmallCodeError
    ├── SettingsError            a setting has a value that cannot be used
    ├── WindowTooSmall           the model's window has no room for work
    ├── WorkspaceError           something about a file; carries ``path``
    │   ├── OutsideWorkspace     the path leaves the root (.., a link, an absolute path, a device)
    │   ├── Protected            the path lies in the workspace but is not the agent's to write
    │   ├── NoSuchFile           carries ``nearest``: real paths that resemble it
    │   ├── NotAFile             a folder, a socket, a device
    │   ├── NotText              neither UTF-8 nor anything else that can be kept byte for byte
    │   ├── TooLarge
    │   ├── WriteRefused         the model has not seen the text that it wants to change
    │   ├── StaleEdit            the text moved between reading it and writing it
    │   ├── BatchFailed          one of several edits failed; carries ``changed``: not taken back
    │   ├── EditRejected         the editor refused the edit, dropped it or stays silent
    │   └── DiskFailed           the operating system said no (full, read-only, vanished)
    ├── ShellError               the shell itself cannot be used
    ├── PermissionDenied         the user, or a rule of theirs, said no
    ├── ModelError               something about a model server; carries ``address``
    │   ├── ModelUnreachable     nothing listens there, or the name does not resolve
    │   ├── ModelStalled         no byte for longer than the stall limit
    │   ├── StreamDropped        the reply broke off before its end
    │   ├── ModelRefused         an HTTP error; carries ``status``
    │   │   └── ContextOverflow  the prompt is larger than the window; carries both sizes
    │   └── BadReply             the answer is not what the protocol says
    ├── NoGit                    no repository, no git, or no answer of it in time
    ├── UnknownSession
    └── SessionBusy              a turn is under way in this session
"""

from __future__ import annotations

from collections.abc import Sequence


class SmallCodeError(Exception):
    """Base of all; ``message`` says what happened, ``remedy`` what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class SettingsError(SmallCodeError):
    pass


class WindowTooSmall(SmallCodeError):
    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            "Give the model a larger one in the server (llama.cpp: -c, Ollama: num_ctx); where the server "
            "does not tell it, set context_window.",
        )


class WorkspaceError(SmallCodeError):
    def __init__(self, path: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.path = path


class OutsideWorkspace(WorkspaceError):
    pass


class Protected(WorkspaceError):
    pass


class NoSuchFile(WorkspaceError):
    def __init__(self, path: str, nearest: Sequence[str] = ()) -> None:
        remedy = f"Did you mean {', '.join(nearest)}?" if nearest else "Look it up with find_files."
        super().__init__(path, f"There is no file {path}.", remedy)
        self.nearest = tuple(nearest)


class NotAFile(WorkspaceError):
    pass


class NotText(WorkspaceError):
    pass


class TooLarge(WorkspaceError):
    pass


class WriteRefused(WorkspaceError):
    pass


class StaleEdit(WorkspaceError):
    pass


class BatchFailed(WorkspaceError):
    """``path`` is the file whose edit failed with ``error``; the edits before it were taken back but for
    the files ``changed``."""

    def __init__(self, path: str, error: SmallCodeError, changed: tuple[str, ...]) -> None:
        left = (
            f"Still changed, since that could not be taken back: {', '.join(changed)}."
            if changed
            else "Nothing is changed in any file."
        )
        super().__init__(path, f"{path} could not be changed: {error} {left}")
        self.changed = changed


class EditRejected(WorkspaceError):
    pass


class DiskFailed(WorkspaceError):
    pass


class ShellError(SmallCodeError):
    pass


class PermissionDenied(SmallCodeError):
    pass


class ModelError(SmallCodeError):
    """``address`` is the URL that was asked, without credentials."""

    def __init__(self, address: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.address = address


class ModelUnreachable(ModelError):
    pass


class ModelStalled(ModelError):
    pass


class StreamDropped(ModelError):
    pass


class ModelRefused(ModelError):
    def __init__(self, address: str, status: int, message: str, remedy: str = "") -> None:
        super().__init__(address, message, remedy)
        self.status = status


class ContextOverflow(ModelRefused):
    """Token counts are the server's own; None where it does not tell them."""

    def __init__(
        self, address: str, status: int, message: str, prompt_tokens: int | None, window: int | None
    ) -> None:
        super().__init__(address, status, message, "Ask for less at once, or give the model a larger window.")
        self.prompt_tokens = prompt_tokens
        self.window = window


class BadReply(ModelError):
    pass


class NoGit(SmallCodeError):
    pass


class UnknownSession(SmallCodeError):
    pass


class SessionBusy(SmallCodeError):
    pass
