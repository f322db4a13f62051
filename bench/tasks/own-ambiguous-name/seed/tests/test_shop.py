import unittest

from shop.catalog.labels import label
from shop.search.index import Index


class ShopTest(unittest.TestCase):
    def test_label(self):
        self.assertEqual(label(7, "crème  brûlée", 350), "00007  Crème Brûlée  3.50")

    def test_find(self):
        index = Index({1: "Green tea", 2: "Black Tea", 3: "Teapot"})
        self.assertEqual(index.find(" TEA "), [1, 2])


if __name__ == "__main__":
    unittest.main()
