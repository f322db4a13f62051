"""Calibration constants of the four channels.

Temperature in degrees Celsius = OFFSET + GAIN * raw ADC counts. Written by hand from the output of
`python3 -m sensors.calibrate`; the station has its own copy in station/calibration.json.
"""

CALIBRATION_RUN = 7

_FITTED = {
    "ambient": (-38.25, 0.07305),  # still from run 6
    "boiler": (-52.449, 0.11271),
    "inlet": (-40.985, 0.07679),
    "outlet": (-39.691, 0.07823),
}

OFFSET = {name: offset for name, (offset, _) in _FITTED.items()}
GAIN = {name: gain for name, (_, gain) in _FITTED.items()}
