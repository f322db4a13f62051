"""From raw ADC counts to degrees Celsius."""

from sensors.constants import GAIN, OFFSET


def to_celsius(channel, raw):
    """Temperature in degrees Celsius, rounded to a hundredth. Raises KeyError for an unknown channel."""
    return round(OFFSET[channel] + GAIN[channel] * raw, 2)
