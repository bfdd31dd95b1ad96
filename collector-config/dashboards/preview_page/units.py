"""Numbers in a readable form, by the ids that Grafana has for units."""

import math

# Each family: (factor, suffix), ascending.
SHORT = ((1, ""), (1e3, " k"), (1e6, " M"), (1e9, " G"), (1e12, " T"))
BINARY = tuple((1024.0 ** power, f" {prefix}B") for power, prefix in
               enumerate(("", "Ki", "Mi", "Gi", "Ti", "Pi")))
DECIMAL = tuple((1000.0 ** power, f" {prefix}B") for power, prefix in
                enumerate(("", "k", "M", "G", "T", "P")))
SECONDS = (
    (1e-9, " ns"), (1e-6, " µs"), (1e-3, " ms"), (1, " s"), (60, " min"), (3600, " h"),
    (86400, " d"), (31536000, " y"),
)
NANOSECONDS = {"ns": 1e-9, "µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
               "d": 86400, "dtdurations": 1, "clocks": 1, "dthms": 1}
RATES = {"ops": "ops/s", "reqps": "req/s", "rps": "reads/s", "wps": "writes/s", "cps": "/s",
         "eps": "events/s", "mps": "messages/s", "iops": "io/s", "pps": "packets/s",
         "opm": "ops/min", "rpm": "reads/min", "wpm": "writes/min"}


def per_second(family):
    return tuple((factor, suffix + "/s") for factor, suffix in family)


def family_of(unit):
    """The scale of a unit: what a value is multiplied by first, and the (factor, suffix) pairs."""
    if unit in NANOSECONDS:
        return NANOSECONDS[unit], SECONDS
    if unit in ("bytes", "kbytes", "mbytes", "gbytes"):
        return 1024.0 ** (("bytes", "kbytes", "mbytes", "gbytes").index(unit)), BINARY
    if unit in ("decbytes", "deckbytes", "decmbytes"):
        return 1000.0 ** (("decbytes", "deckbytes", "decmbytes").index(unit)), DECIMAL
    if unit == "binBps":
        return 1, per_second(BINARY)
    if unit in ("Bps", "decBps"):
        return 1, per_second(DECIMAL)
    if unit in ("bits", "decbits"):
        return 1, tuple((factor, suffix[:-1] + "bit") for factor, suffix in DECIMAL)
    if unit == "bps":
        return 1, tuple((factor, suffix[:-1] + "bit/s") for factor, suffix in DECIMAL)
    if unit == "percentunit":
        return 100, ((1, " %"),)
    if unit == "percent":
        return 1, ((1, " %"),)
    if unit == "hertz":
        return 1, tuple((factor, (suffix or " ") + "Hz") for factor, suffix in SHORT)
    if unit in RATES:
        return 1, tuple((factor, f"{suffix or ' '}{RATES[unit]}") for factor, suffix in SHORT)
    if unit in ("short", "sishort", None, ""):
        return 1, SHORT
    # none, locale, and unknown units, which become a suffix ("suffix:blocks").
    text = unit.removeprefix("suffix:") if unit.startswith("suffix:") else ""
    return 1, ((1, f" {text}" if text else ""),)


def is_rate(unit):
    """Whether a value counts something per time, so that the axis should show zero."""
    return unit in RATES or unit in ("Bps", "binBps", "bps")


def scale_for(largest, unit):
    """The multiplier and the suffix for values up to `largest`."""
    first, family = family_of(unit)
    value = abs(largest) * first
    # A little below the next unit counts as that unit: 999.9996 ms is one second.
    fitting = [pair for pair in family if pair[0] <= value * 1.0000001] or [family[0]]
    if value == 0:
        fitting = [next((pair for pair in family if pair[0] >= first), family[0])] \
            if family is SECONDS else [family[0]]
    factor, suffix = fitting[-1]
    return first / factor, suffix


def decimals_for(step):
    """How many digits after the point distinguish numbers that differ by a step."""
    if not step or not math.isfinite(step):
        return 0
    for digits in range(7):
        scaled = abs(step) * 10 ** digits
        if scaled >= 0.999999 and abs(scaled - round(scaled)) < 1e-6 * scaled:
            return digits
    return 6


def plain(value, digits):
    text = f"{value:.{digits}f}".replace("-", "−")
    return text.removeprefix("−") if not text.strip("−0.") else text


def format_value(value, unit="short", decimals=None):
    """One value with its unit, three significant digits unless `decimals` says otherwise."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    # Rounded up it may reach the next unit: 999.6 ms is one second.
    multiplier, suffix = scale_for(max(abs(value), abs(float(f"{value:.3g}"))), unit)
    scaled = value * multiplier
    if decimals is not None:
        return plain(scaled, decimals) + suffix
    if unit in ("none", "locale") and float(value).is_integer():
        return plain(scaled, 0) + suffix
    whole = len(str(int(abs(scaled))))
    if not scaled:
        digits = 0
    elif abs(scaled) < 1:
        digits = min(2 - math.floor(math.log10(abs(scaled))), 6)
    else:
        digits = max(3 - whole, 0)
    text = plain(scaled, digits)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + suffix


def axis_labels(ticks, unit, decimals=None):
    """The ticks of one axis, all in the unit of the largest."""
    largest = max((abs(tick) for tick in ticks), default=0)
    multiplier, suffix = scale_for(largest, unit)
    step = (ticks[1] - ticks[0]) * multiplier if len(ticks) > 1 else largest * multiplier
    digits = decimals_for(step) if decimals is None else max(decimals, decimals_for(step))
    return ["0" if tick == 0 else plain(tick * multiplier, digits) + suffix for tick in ticks]
