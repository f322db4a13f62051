"""What lies in the warehouse, and what of it is reserved."""


class Stock:
    def __init__(self, levels):
        """`levels` is {sku: pieces}."""
        self._levels = dict(levels)
        self._reserved = dict.fromkeys(levels, 0)

    def available(self, sku):
        """Pieces that can still be reserved; 0 for an unknown sku."""
        return self._levels.get(sku, 0) - self._reserved.get(sku, 0)

    def refusal(self, sku, quantity=1):
        """Why `reserve` would refuse, as text for the customer; None if it would not."""
        if quantity < 1:
            return "quantity must be at least 1"
        if sku not in self._levels:
            return "unknown sku"
        if self.available(sku) < quantity:
            return f"not enough, {self.available(sku)} left"
        return None

    def reserve(self, sku, quantity=1):
        """Reserve pieces if there are enough: True, or False if nothing was reserved."""
        if self.refusal(sku, quantity):
            return False
        self._reserved[sku] += quantity
        return True

    def release(self, sku, quantity=1):
        """Give reserved pieces back. Raises ValueError for more than are reserved."""
        if quantity > self._reserved.get(sku, 0):
            raise ValueError(f"{quantity} of {sku} are not reserved")
        self._reserved[sku] -= quantity
