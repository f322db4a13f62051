"""Who waits for which title."""

from collections import defaultdict, deque

from desk.messages import Outbox


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
            reader = self.queues[title].popleft()
            self.outbox.send(f"{title} is ready for you.", to=reader, subject="Ready", urgent=True)
