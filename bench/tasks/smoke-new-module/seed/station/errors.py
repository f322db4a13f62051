"""What can be wrong with a reading."""


class BadReading(ValueError):
    """A measurement outside what its sensor can show."""

    def __init__(self, name: str, value: float) -> None:
        super().__init__(f"{name} cannot be {value}")
        self.name = name
        self.value = value
