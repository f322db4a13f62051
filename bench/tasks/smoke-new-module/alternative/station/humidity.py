"""How moist the air is."""

import math

from station import errors


def _checked(name, value, valid):
    if not valid:
        raise errors.BadReading(name, value)
    return value


def spread(temperature, humidity):
    """Degrees between the air and its dew point."""
    return temperature - dew_point(temperature, humidity)


def dew_point(temperature, humidity):
    """Dew point in degrees Celsius."""
    t = _checked("temperature", temperature, abs(temperature) <= 60)
    h = _checked("humidity", humidity, humidity > 0 and humidity <= 100)
    gamma = math.log(h) - math.log(100) + 17.62 * t / (243.12 + t)
    return 243.12 * gamma / (17.62 - gamma)
