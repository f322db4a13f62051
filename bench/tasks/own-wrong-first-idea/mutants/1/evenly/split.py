"""Sharing an amount among people."""


def split_evenly(cents, people):
    """Each one's share of `cents`, in the order of `people`: a list of (name, cents).

    Raises ValueError if there is nobody.
    """
    if not people:
        raise ValueError("there is nobody to share with")
    share = cents // len(people)
    shares = [(name, share) for name in people]
    rest = cents - share * len(people)
    shares[0] = (people[0], share + rest)
    return shares
