"""Sharing an amount among people."""


def split_evenly(cents, people):
    """Each one's share of `cents`, in the order of `people`: a list of (name, cents).

    Raises ValueError if there is nobody.
    """
    if not people:
        raise ValueError("there is nobody to share with")
    size = len(people)
    if cents < 0:
        return [(name, -share) for name, share in split_evenly(-cents, people)]
    rest = cents % size
    return [(name, cents // size + 1 if place < rest else cents // size) for place, name in enumerate(people)]
