"""The index: which articles have which word."""

from shop.search.text import words


class Index:
    def __init__(self, articles):
        """`articles` is {number: name}."""
        self.articles = dict(articles)
        self._numbers = {}
        for number, name in self.articles.items():
            for word in words(name):
                self._numbers.setdefault(word, set()).add(number)

    def find(self, query):
        """Numbers of the articles that have all words of the query, in order; none for an empty query."""
        sets = [self._numbers.get(word, set()) for word in words(query.replace("é", "e"))]
        return sorted(set.intersection(*sets)) if sets else []
