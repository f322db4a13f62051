"""Sharing an amount among people."""


def split_evenly(cents, people):
    """Each one's share of `cents`, in the order of `people`: a list of (name, cents).

    Raises ValueError if there is nobody.
    """
    if not people:
        raise ValueError("there is nobody to share with")
    share = round(cents / len(people))
    return [(name, share) for name in people]
