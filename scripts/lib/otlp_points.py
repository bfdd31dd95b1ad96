"""Reads the requests that a collector passed on, one per line of OTLP/JSON, into series."""

import dataclasses
import json

# The kinds of data that a metric can have. Those that count are always monotonic.
KINDS = ("sum", "gauge", "histogram", "exponentialHistogram", "summary")
COUNTING_KINDS = ("histogram", "exponentialHistogram")
KINDS_WITHOUT_TEMPORALITY = ("gauge", "summary")
CUMULATIVE = 2


class Unreadable(Exception):
    """An input that is not what it should be; the text says which input, and why."""


@dataclasses.dataclass(frozen=True)
class Point:
    """What a comparison needs of a data point. Absent fields have their default."""

    start: int
    time: int
    value: float | int
    count: int
    sum: float | int
    is_cumulative: bool
    is_monotonic: bool
    needs_start: bool


def attributes(items):
    """The key-value pairs of a point or resource as a sorted, hashable tuple of texts."""
    pairs = []
    for item in items:
        (value,) = item.get("value", {}).values() or ("",)
        pairs.append((item["key"], value if isinstance(value, str) else json.dumps(value)))
    return tuple(sorted(pairs))


def number(value):
    """Integers are JSON strings, doubles are numbers; a whole double becomes an integer here."""
    if isinstance(value, str) and value not in ("NaN", "Infinity", "-Infinity"):
        return int(value)
    value = float(value)
    return int(value) if value.is_integer() else value


def point(kind, data, item):
    """One data point of a metric."""
    return Point(
        start=int(item.get("startTimeUnixNano", 0)),
        time=int(item.get("timeUnixNano", 0)),
        value=number(item.get("asInt", item.get("asDouble", 0))),
        count=int(item.get("count", 0)),
        sum=number(item.get("sum", 0)),
        is_cumulative=(kind in KINDS_WITHOUT_TEMPORALITY
                       or data.get("aggregationTemporality") == CUMULATIVE),
        is_monotonic=kind in COUNTING_KINDS or bool(data.get("isMonotonic")),
        # A gauge is a last value and has no start time.
        needs_start=kind != "gauge",
    )


class Collected:
    """Everything that arrived: the points of each series in the order of their times."""

    def __init__(self):
        self.series = {}
        self.resources = set()
        self.requests = 0
        self.points = 0

    def add_request(self, request):
        self.requests += 1
        for of_resource in request.get("resourceMetrics", []):
            resource = attributes(of_resource.get("resource", {}).get("attributes", []))
            self.resources.add(resource)
            for of_scope in of_resource.get("scopeMetrics", []):
                scope = of_scope.get("scope", {}).get("name", "")
                for metric in of_scope.get("metrics", []):
                    self.add_metric(resource, scope, metric)

    def add_metric(self, resource, scope, metric):
        for kind in KINDS:
            data = metric.get(kind)
            for item in (data or {}).get("dataPoints", []):
                self.points += 1
                key = (metric["name"], attributes(item.get("attributes", [])), scope, resource)
                self.series.setdefault(key, []).append(point(kind, data, item))

    def sort(self):
        """Several connections may deliver out of order; the times give the order."""
        for points in self.series.values():
            points.sort(key=lambda each: each.time)

    def total(self, name, field, **wanted):
        """The sum of a field over the last points of a metric whose attributes are as wanted."""
        total = 0
        for (metric, pairs, _, _), points in self.series.items():
            if metric == name and wanted.items() <= dict(pairs).items():
                total += getattr(points[-1], field)
        return total


def read(path):
    """Reads the file of a sink."""
    collected = Collected()
    with open(path, encoding="utf-8") as lines:
        for index, line in enumerate(lines, 1):
            try:
                collected.add_request(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                where = f"{path}, line {index}"
                raise Unreadable(f"{where}: not an OTLP/JSON request: {error!r}") from error
    collected.sort()
    return collected
