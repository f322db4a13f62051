"""A group and what its members have paid."""

from evenly.split import split_evenly


class Group:
    def __init__(self, *people):
        self.people = list(people)
        self._balances = dict.fromkeys(people, 0)

    def pay(self, payer, cents, among=None):
        """`payer` has paid `cents` for `among`, or for everybody."""
        if payer not in self._balances:
            raise KeyError(payer)
        self._balances[payer] += cents
        for name, share in split_evenly(cents, among or self.people):
            self._balances[name] -= share

    def balances(self):
        """{name: cents}; who gets money back has a positive balance. They add up to nothing."""
        return dict(self._balances)
