"""What people searched for, so that the shop sees what is missing."""

from collections import Counter

from shop.search.text import normalize


class History:
    def __init__(self):
        self._counts = Counter()

    def add(self, query):
        self._counts[normalize(query)] += 1

    def top(self, count):
        """The most frequent queries as (query, how often), equal ones in alphabetical order."""
        return sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))[:count]
