"""Axes: the positions of ticks, and of values and times in the drawing."""

import datetime
import math

from . import units

# Distances of time ticks, in seconds.
TIME_STEPS = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
    172800, 604800, 1209600, 2592000,
)
# A longer span has labels with their year.
YEAR_SECONDS = 366 * 86400
# Below this share of the largest value, the smallest one draws the axis down to zero.
ZERO_SHARE = 0.7
# Values that differ by less than this share are the same; the difference is a rounding error.
NOISE_SHARE = 1e-6


def nice_step(rough, is_whole=False):
    """The next larger number of 1, 2, 2.5 and 5 times a power of ten; whole ones only, if asked."""
    rough = max(rough, 1) if is_whole else rough
    power = 10.0 ** math.floor(math.log10(rough))
    numbers = (1, 2, 5, 10) if is_whole and power < 10 else (1, 2, 2.5, 5, 10)
    return next(each * power for each in numbers if each * power >= rough * 0.999999)


class ValueScale:
    """A linear axis from `low` to `high` whose ends are ticks, unless a panel fixes them."""

    def __init__(self, values, unit, wanted, low=None, high=None, with_zero=False):
        smallest, largest = min(values, default=0), max(values, default=0)
        if with_zero or 0 <= smallest <= ZERO_SHARE * largest:
            smallest = min(smallest, 0)
        if with_zero or 0 >= largest >= ZERO_SHARE * smallest:
            largest = max(largest, 0)
        start = smallest if low is None else low
        end = largest if high is None else high
        # Counts have no values between whole numbers.
        whole = unit in ("short", "none") and all(float(each).is_integer() for each in values)
        noise = 0 if whole else NOISE_SHARE * max(abs(start), abs(end))
        if end - start <= noise:
            # A flat line is in the middle, but a line at zero is at the bottom.
            room = 1 if whole and abs(start) < 10 else abs(start) * 0.1 or 1
            start, end = (start, start + room) if start == 0 or low is not None else (
                start - room, start + room)
        multiplier, _ = units.scale_for(max(abs(start), abs(end)), unit)
        step = nice_step((end - start) * multiplier / max(wanted, 1), whole) / multiplier
        self.low = start if low is not None else math.floor(start / step + 1e-9) * step
        self.high = end if high is not None else math.ceil(end / step - 1e-9) * step
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        # Adding 0.0 makes zero of minus zero.
        self.ticks = [number * step + 0.0 for number in range(first, last + 1)]

    def position(self, value, length):
        """The distance from the top of an axis of this length, always within the axis."""
        share = (value - self.low) / (self.high - self.low)
        return length * (1 - min(max(share, 0), 1))


class LogScale:
    """An axis of powers of ten; values that are not above zero are at its lower end."""

    def __init__(self, values, wanted):
        positive = [value for value in values if value > 0] or [1]
        first = math.floor(math.log10(min(positive)) + 1e-9)
        last = max(math.ceil(math.log10(max(positive)) - 1e-9), first + 1)
        self.low, self.high = 10.0 ** first, 10.0 ** last
        every = max(math.ceil((last - first) / max(wanted, 1)), 1)
        self.ticks = [10.0 ** power for power in range(first, last + 1, every)]

    def position(self, value, length):
        if value <= self.low:
            return length
        share = math.log10(value / self.low) / math.log10(self.high / self.low)
        return length * (1 - min(share, 1))


def time_ticks(start, end, wanted):
    """Times between start and end with their labels (UTC), at most about as many as wanted."""
    rough = (end - start) / max(wanted, 1)
    # Beyond the table, steps are multiples of its last one, so that centuries have few ticks too.
    most = TIME_STEPS[-1]
    step = next((each for each in TIME_STEPS if each >= rough), math.ceil(rough / most) * most)
    ticks = []
    moment = math.ceil(start / step) * step
    while moment <= end:
        time = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)
        midnight = not (time.hour or time.minute or time.second)
        if end - start > YEAR_SECONDS:
            label = f"{time:%b %Y}"
        elif step >= 86400 or (midnight and end - start > 43200):
            label = f"{time:%d %b}"
        else:
            label = f"{time:%H:%M:%S}" if step < 60 else f"{time:%H:%M}"
        ticks.append((moment, label))
        moment += step
    return ticks
