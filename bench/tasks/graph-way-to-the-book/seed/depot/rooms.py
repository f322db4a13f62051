"""Rehearsal rooms."""


class Room:
    def __init__(self, name):
        self.name = name
        self.taken = set()

    def reserve(self, hour):
        """An hour of this room."""
        if hour in self.taken:
            return False
        self.taken.add(hour)
        return True

    def book_evening(self):
        """From seven to ten."""
        return all(self.reserve(hour) for hour in (19, 20, 21))
