"""Sharing an amount among people."""


def split_evenly(cents, people):
    """Each one's share of `cents`, in the order of `people`: a list of (name, cents).

    Raises ValueError if there is nobody.
    """
    if not people:
        raise ValueError("there is nobody to share with")
    sign = -1 if cents < 0 else 1
    share, rest = divmod(abs(cents), len(people))
    return [(name, sign * (share + (index < rest))) for index, name in enumerate(people)]
