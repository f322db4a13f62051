"""Wind: speed in metres a second, and what follows from it."""

from station.errors import BadReading

BEAUFORT = (0.5, 1.6, 3.4, 5.5, 8.0, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7)


def beaufort(speed: float) -> int:
    """The force 0 to 12 of a wind of `speed` m/s."""
    if not 0 <= speed <= 120:
        raise BadReading("wind speed", speed)
    return sum(speed >= limit for limit in BEAUFORT)


def chill(temperature: float, speed: float) -> float:
    """The felt temperature in °C at `temperature` °C and `speed` m/s; above 10 °C the temperature itself."""
    if not 0 <= speed <= 120:
        raise BadReading("wind speed", speed)
    if temperature > 10 or speed < 1.34:
        return temperature
    power = (speed * 3.6) ** 0.16
    return 13.12 + 0.6215 * temperature - 11.37 * power + 0.3965 * temperature * power
