"""One line for the display in the hall."""

from station.wind import beaufort, chill


def line(temperature: float, speed: float) -> str:
    return f"{temperature:.1f} °C, feels like {chill(temperature, speed):.0f} °C, wind force {beaufort(speed)}"
