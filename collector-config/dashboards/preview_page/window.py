"""The span of time that a page shows, and its step."""

import datetime
import re
from dataclasses import dataclass

UNIT_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
DURATION = re.compile(r"(?:\d{1,12}(?:ms|[smhdwy]))+")
DURATION_PART = re.compile(r"(\d+)(ms|[smhdwy])")
# The longest duration. No time that can be shown is further away from now.
DURATION_LIMIT_YEARS = 100
# The latest time, in the year 5138: eleven digits. The earliest is the beginning of 1970, 0.
LATEST_SECONDS = 99_999_999_999

# Steps that a person would choose, in seconds.
STEPS = (
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 21600, 43200,
    86400, 172800, 604800,
)
# About as many points as a panel of half the page's width can show.
POINTS_WANTED = 240
# The most points of a series that are asked for; Prometheus refuses more than 11,000.
POINTS_LIMIT = 5000


class WindowError(ValueError):
    """A time, a duration or a step that makes no sense; the text says what would be right."""


@dataclass(frozen=True)
class Window:
    """From `start` to `end`, both included and multiples of `step`; seconds since 1970."""

    start: float
    end: float
    step: float
    # How often the nodes export, for $__rate_interval.
    interval: float

    @property
    def count(self):
        """The number of points that a series without gaps has."""
        return int(round((self.end - self.start) / self.step)) + 1

    @property
    def rate_interval(self):
        """Grafana's $__rate_interval: at least four samples, and no step without one."""
        return max(4 * self.interval, self.step + self.interval)

    def index(self, timestamp):
        return int(round((timestamp - self.start) / self.step))


def seconds(text, whole=None):
    """A duration such as 15m or 1h30m. Messages show the whole text of which it is a part."""
    if not DURATION.fullmatch(text or ""):
        raise WindowError(f"'{whole or text}': a duration such as 30s, 15m or 1h30m is needed")
    value = sum(int(number) * UNIT_SECONDS[unit] for number, unit in DURATION_PART.findall(text))
    if value > DURATION_LIMIT_YEARS * UNIT_SECONDS["y"]:
        raise WindowError(
            f"'{whole or text}': a duration of at most {DURATION_LIMIT_YEARS}y is needed")
    return value


def duration(value):
    """The seconds in PromQL's form, with milliseconds if they are no whole number."""
    return f"{int(value)}s" if float(value).is_integer() else f"{int(round(value * 1000))}ms"


def moment(text, now):
    """`now`, `now-15m`, `-15m`, seconds since 1970, or an ISO 8601 time (UTC unless it says)."""
    found = moment_without_bounds(text, now)
    if not 0 <= found <= LATEST_SECONDS:
        raise WindowError(f"'{text}': a time from 1970 to the year 5138 is needed")
    return found


def moment_without_bounds(text, now):
    relative = re.fullmatch(r"(?:now)?(?:-(.+))?", text)
    if text and relative:
        return now - (seconds(relative[1], text) if relative[1] else 0)
    if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
        return float(text)
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise WindowError(
            f"'{text}': now, -15m, seconds since 1970 or 2030-01-31T12:00:00 is needed") from None
    return (time if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)).timestamp()


def make_window(start, end, step, interval, now):
    """The window for the texts of the options --from, --to, --step and --interval."""
    first, last, every = moment(start, now), moment(end, now), seconds(interval)
    if last <= first:
        raise WindowError(f"from '{start}' to '{end}': the end has to be after the start")
    if every <= 0:
        raise WindowError(f"interval '{interval}': it has to be more than 0")
    if step == "auto":
        width = max((last - first) / POINTS_WANTED, min(every, last - first))
        width = next((each for each in STEPS if each >= width), width)
    else:
        width = seconds(step)
    if width <= 0 or (last - first) / width > POINTS_LIMIT:
        raise WindowError(
            f"step '{step}': more than 0 and at most {POINTS_LIMIT} points are possible")
    # Multiples of the step, so that a page that is drawn again shows the same points.
    last = last // width * width
    first = min(first // width * width, last)
    return Window(first, last, width, every)
