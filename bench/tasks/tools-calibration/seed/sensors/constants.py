"""Calibration constants of the four channels.

Temperature in degrees Celsius = OFFSET + GAIN * raw ADC counts. Written by hand from the output of
`python3 -m sensors.calibrate`; the station has its own copy in station/calibration.json.
"""

CALIBRATION_RUN = 6

OFFSET = {
    "inlet": -40.912,
    "outlet": -39.871,
    "boiler": -51.006,
    "ambient": -38.250,
}

GAIN = {
    "inlet": 0.07694,
    "outlet": 0.07838,
    "boiler": 0.11142,
    "ambient": 0.07305,
}
