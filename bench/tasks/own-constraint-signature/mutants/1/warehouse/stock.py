"""What lies in the warehouse, and what of it is reserved."""


class Stock:
    def __init__(self, levels):
        """`levels` is {sku: pieces}."""
        self._levels = dict(levels)
        self._reserved = dict.fromkeys(levels, 0)

    def available(self, sku):
        """Pieces that can still be reserved; 0 for an unknown sku."""
        return self._levels.get(sku, 0) - self._reserved.get(sku, 0)

    def reserve(self, sku, quantity=1):
        """Reserve pieces if there are enough: (True, None), or (False, why not)."""
        if sku not in self._levels:
            return False, "unknown sku"
        if quantity < 1:
            return False, "quantity must be at least 1"
        if self.available(sku) < quantity:
            return False, f"not enough, {self.available(sku)} left"
        self._reserved[sku] += quantity
        return True, None

    def release(self, sku, quantity=1):
        """Give reserved pieces back. Raises ValueError for more than are reserved."""
        if quantity > self._reserved.get(sku, 0):
            raise ValueError(f"{quantity} of {sku} are not reserved")
        self._reserved[sku] -= quantity
