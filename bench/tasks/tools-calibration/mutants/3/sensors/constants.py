"""Calibration constants of the four channels.

Temperature in degrees Celsius = OFFSET + GAIN * raw ADC counts. Written by hand from the output of
`python3 -m sensors.calibrate`; the station has its own copy in station/calibration.json.
"""

CALIBRATION_RUN = 7

OFFSET = {
    "inlet": -40.985,
    "outlet": -39.691,
    "boiler": -52.449,
    "ambient": -38.250,
}

GAIN = {
    "inlet": 0.07679,
    "outlet": 0.07823,
    "boiler": 0.1127,
    "ambient": 0.07305,
}
