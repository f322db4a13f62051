"""Sharing an amount among people."""


def split_evenly(cents, people):
    """Each one's share of `cents`, in the order of `people`: a list of (name, cents).

    Raises ValueError if there is nobody.
    """
    if not people:
        raise ValueError("there is nobody to share with")
    shares, left = [], cents
    for index, name in enumerate(people):
        share = round(left / (len(people) - index))
        shares.append((name, share))
        left -= share
    return shares
