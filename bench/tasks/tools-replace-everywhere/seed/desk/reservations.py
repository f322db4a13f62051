"""Who waits for which title."""

from collections import defaultdict, deque

from desk.messages import Outbox
from desk.messages import notify as tell


class Reservations:
    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.queues: defaultdict[str, deque[str]] = defaultdict(deque)

    def reserve(self, reader: str, title: str) -> int:
        """The reader's place in the queue, from 1."""
        self.queues[title].append(reader)
        return len(self.queues[title])

    def arrived(self, title: str) -> None:
        if self.queues[title]:
            tell(self.outbox, self.queues[title].popleft(), "Ready", f"{title} is ready for you.", urgent=True)
