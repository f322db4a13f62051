"""Humidity: relative, in percent, and what follows from it."""

from math import log

from station.errors import BadReading

# The constants of the Magnus formula over water.
FACTOR, OFFSET = 17.62, 243.12


def dew_point(temperature: float, humidity: float) -> float:
    """The temperature in °C at which air of `temperature` °C and `humidity` % is saturated."""
    if not -60 < temperature < 60:
        raise BadReading("temperature", temperature)
    if not 0 < humidity <= 100:
        raise BadReading("humidity", humidity)
    gamma = log(humidity / 100) + FACTOR * temperature / (OFFSET + temperature)
    return OFFSET * gamma / (FACTOR - gamma)


def spread(temperature: float, humidity: float) -> float:
    """How far the air is from its dew point, in degrees."""
    return temperature - dew_point(temperature, humidity)
