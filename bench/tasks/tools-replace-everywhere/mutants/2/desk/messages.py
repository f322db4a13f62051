"""Messages to readers. They wait in the outbox until the mail run fetches them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    reader: str
    subject: str
    text: str
    urgent: bool = False


class Outbox:
    def __init__(self) -> None:
        self.waiting: list[Message] = []

    def send(self, text: str, *, to: str, subject: str, urgent: bool = False) -> None:
        """Put a message for the reader `to` into the outbox."""
        self.waiting.append(Message(to, subject, text, urgent))

    def fetch(self) -> list[Message]:
        """The waiting messages, urgent ones first; they wait no longer."""
        waiting, self.waiting = self.waiting, []
        return sorted(waiting, key=lambda message: not message.urgent)
