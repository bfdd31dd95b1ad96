"""Lets other people's parsers read pages for Prometheus: `exposition.py FOLDER`.

For each `NAME.otlp` (one request of OTLP/JSON with a whole snapshot) there are `NAME.text` (format
0.0.4), `NAME.utf8` (format 1.0.0 with names as they are) and `NAME.openmetrics`. Each has to parse,
and to hold exactly the series that the request calls for by the OpenTelemetry-to-Prometheus rules,
which are written down here a second time. Where names or labels coincide, the first one is called for.

Prints a line `FAIL name reason` for each page that does not, then how many series were compared."""

import collections
import json
import math
import pathlib
import re
import struct
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain

UNITS = {
    "d": "days", "h": "hours", "min": "minutes", "s": "seconds", "ms": "milliseconds",
    "us": "microseconds", "ns": "nanoseconds", "By": "bytes", "KiBy": "kibibytes",
    "MiBy": "mebibytes", "GiBy": "gibibytes", "TiBy": "tibibytes", "kBy": "kilobytes",
    "KBy": "kilobytes", "MBy": "megabytes", "GBy": "gigabytes", "TBy": "terabytes", "m": "meters",
    "V": "volts", "A": "amperes", "J": "joules", "W": "watts", "g": "grams", "Cel": "celsius",
    "Hz": "hertz", "1": "", "%": "percent",
}
RATES = {
    "s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year",
}
FINEST_SCALE = 2


class Unknown(str):
    """A number or a structure as JSON: its text may be written in several ways, and tests beside the
    encoder hold it."""

    def __add__(self, other):
        return Unknown(str(self) + other)


def text_of(value):
    """AnyValue as text (specification: common, representation for non-OTLP protocols)."""
    kind, content = next(iter(value.items()), ("empty", ""))
    if kind == "stringValue":
        return content
    if kind == "bytesValue":
        return content
    if kind == "boolValue":
        return "true" if content else "false"
    if kind == "intValue":
        return str(int(content))
    if kind == "empty" or isinstance(content, str):
        return content
    return Unknown(json.dumps(value, sort_keys=True))


def labels_of(attributes, scope, is_utf8, is_histogram):
    """Labels by name; those of one name are joined."""
    pairs = list(scope)
    for attribute in attributes:
        key = attribute["key"]
        if is_utf8:
            name = "_" + key.lstrip("_") if key.startswith("__") else key
        else:
            name = re.sub(r"[^a-zA-Z0-9]+", "_", key)
            name = "key_" + name if name[:1].isdigit() else name
        if is_histogram and name == "le":
            name = "exported_le"
        pairs.append((name, key, text_of(attribute["value"])))
    labels = {}
    for name, _, value in sorted(pairs, key=lambda pair: (pair[0].encode(), pair[1].encode())):
        if name in labels:
            joined = labels[name] + ";" + value
            labels[name] = Unknown(joined) if isinstance(value, Unknown) else joined
        else:
            labels[name] = value
    return {name: value for name, value in labels.items() if value != ""}


def scope_of(scope_metrics):
    scope = scope_metrics.get("scope", {})
    own = [("name", scope.get("name", "")), ("version", scope.get("version", "")),
           ("schema_url", scope_metrics.get("schemaUrl", ""))]
    return own, scope.get("attributes", [])


def family_of(metric, is_utf8):
    """The name without `_total`."""
    name, unit = metric["name"], metric.get("unit", "")
    if is_utf8:
        return name
    is_counter = metric.get("sum", {}).get("isMonotonic", False)
    is_ratio = "gauge" in metric and unit == "1"
    tokens = re.findall(r"[a-zA-Z0-9:]+", name)
    for word, applies in (("total", is_counter), ("ratio", is_ratio)):
        rest = [token for token in tokens if token != word]
        if applies and rest:
            tokens = rest
    main, _, rate = unit.partition("/")
    for part, words, prefix in ((main, UNITS, []), (rate, RATES, ["per"])):
        part = " ".join(word for word in part.split(" ") if word)
        if part and not set(part) & set("{}"):
            word = "_".join(re.findall(r"[a-zA-Z0-9:]+", words.get(part, part)))
            if word and word not in tokens:
                tokens += prefix + [word]
    if is_ratio:
        tokens.append("ratio")
    joined = "_".join(tokens)
    return "_" + joined if joined[:1].isdigit() else joined


def number(point):
    return float(point["asInt"]) if "asInt" in point else float(point.get("asDouble", 0))


def histogram_samples(name, point, bounds, labels, is_open):
    counts = [int(count) for count in point.get("bucketCounts", [])]
    total = 0
    for bound, count in zip(bounds, counts):
        total += count
        yield name + "_bucket", dict(labels, le=float(bound)), total
    yield from totals(name, point, labels, is_open, bounds[0] if bounds else math.inf)


def exponential_samples(name, point, labels, is_open):
    scale = point.get("scale", 0)
    shift = max(scale - FINEST_SCALE, 0)
    width = 2.0 ** -(scale - shift) if scale - shift > -1020 else math.inf
    buckets = []

    def merged(ranges):
        offset = ranges.get("offset", 0)
        found = {}
        for index, count in enumerate(ranges.get("bucketCounts", [])):
            place = (offset + index) >> shift
            found[place] = found.get(place, 0) + int(count)
        return sorted(found.items())

    def power(exponent):
        try:
            return 2.0 ** exponent
        except OverflowError:
            return math.inf

    negative, zero = merged(point.get("negative", {})), int(point.get("zeroCount", 0))
    for place, count in reversed(negative):
        buckets.append((-power(place * width), count))
    if zero or negative:
        threshold = float(point.get("zeroThreshold", 0))
        buckets.append((threshold if threshold > 0 else 0.0, zero))
    for place, count in merged(point.get("positive", {})):
        buckets.append((power((place + 1) * width), count))
    total, shown = 0, []
    for bound, count in buckets:
        total += count
        if not math.isfinite(bound):
            continue
        if shown and shown[-1][0] >= bound:
            shown[-1] = (shown[-1][0], total)
        else:
            shown.append((bound, total))
    for bound, count in shown:
        yield name + "_bucket", dict(labels, le=bound), count
    yield from totals(name, point, labels, is_open, shown[0][0] if shown else math.inf)


def totals(name, point, labels, is_open, lowest):
    count = int(point.get("count", 0))
    yield name + "_bucket", dict(labels, le=math.inf), count
    has_sum = "sum" in point and not (is_open and (lowest < 0 or not float(point["sum"]) >= 0))
    if has_sum:
        yield name + "_sum", labels, float(point["sum"])
    if has_sum or not is_open:
        yield name + "_count", labels, count


class Families:
    """Which names and which labels are taken: whatever comes first has them."""

    def __init__(self, reserved):
        self.kinds, self.owners, self.shown = {}, dict.fromkeys(reserved), set()

    def admits(self, name, kind, is_open, has_total):
        """Whether a metric may be shown under its family's name."""
        if name in self.kinds:
            return self.kinds[name] == kind
        endings = {
            "gauge": [""],
            "counter": ["", "_total", "_created"] if is_open else ["_total" if has_total else ""],
            "histogram": ["", "_bucket", "_sum", "_count"] + ["_created"] * is_open,
        }[kind]
        names = [name + ending for ending in endings]
        if any(each in self.owners for each in names):
            return False
        self.owners |= dict.fromkeys(names, name)
        self.kinds[name] = kind
        return True

    def is_first(self, name, labels):
        """Whether no series of the family has these labels yet."""
        texts = tuple(sorted(labels.items()))
        before = len(self.shown)
        self.shown.add((name, texts))
        return len(self.shown) > before


def samples(request, is_utf8, is_open):
    """What a page should hold: name, labels and value of each sample."""
    for resource in request.get("resourceMetrics", []):
        attributes = resource.get("resource", {}).get("attributes", [])
        if attributes:
            yield "target_info", labels_of(attributes, [], is_utf8, False), 1
        families = Families((["target_info"] + ["target"] * is_open) if attributes else [])
        for scope_metrics in resource.get("scopeMetrics", []):
            own, more = scope_of(scope_metrics)
            scope = [("otel_scope_" + name, "otel_scope_" + name, value) for name, value in own if value]
            reserved = {"otel_scope_" + name for name, _ in own}
            for attribute in more:
                key = "otel_scope_" + attribute["key"]
                name = key if is_utf8 else re.sub(r"[^a-zA-Z0-9]+", "_", key)
                if name not in reserved:
                    scope.append((name, key, text_of(attribute["value"])))
            for metric in scope_metrics.get("metrics", []):
                yield from metric_samples(metric, scope, is_utf8, is_open, families)


def metric_samples(metric, scope, is_utf8, is_open, families):
    kind = next(kind for kind in ("sum", "gauge", "histogram", "exponentialHistogram") if kind in metric)
    data = metric[kind]
    if data.get("aggregationTemporality", 2) == 1:
        return
    name = family_of(metric, is_utf8)
    is_histogram = "istogram" in kind
    is_counter = kind == "sum" and data.get("isMonotonic", False)
    shape = "histogram" if is_histogram else "counter" if is_counter else "gauge"
    if is_open and is_counter:
        name = name.removesuffix("_total")
    if not name or not families.admits(name, shape, is_open, not is_utf8):
        return
    for point in data["dataPoints"]:
        labels = labels_of(point.get("attributes", []), scope, is_utf8, is_histogram)
        is_possible = not (is_open and is_counter) or number(point) >= 0
        if not is_possible or not families.is_first(name, labels):
            continue
        if kind == "histogram":
            bounds = [float(bound) for bound in point.get("explicitBounds", [])]
            yield from histogram_samples(name, point, bounds, labels, is_open)
        elif is_histogram:
            yield from exponential_samples(name, point, labels, is_open)
        else:
            # The client adds `_total` where a counter's name has none.
            has_suffix = is_utf8 and name.endswith("_total")
            yield name + "_total" if is_counter and not has_suffix else name, labels, number(point)


def bits(value):
    return "nan" if math.isnan(value) else struct.pack(">d", float(value))


def series(samples_of, wildcards):
    """How often each series with each value is there. `le` is rounded: its last digit is that of
    the C library's powers of two."""
    counted = collections.Counter()
    for name, labels, value in samples_of:
        bound = labels.get("le")
        if bound is not None and (name.endswith("_bucket")):
            bound = float(f"{float(bound):.13e}")
        rest = tuple(sorted(
            (label, None if (label in wildcards) else text)
            for label, text in labels.items() if label != "le" or not name.endswith("_bucket")))
        counted[name, bound, rest, bits(value)] += 1
    return counted


def without_quotes_in_exemplars(page):
    """The client (0.26) can't read an escaped quote in an exemplar, whose labels are not compared
    here."""
    lines = []
    for line in page.split("\n"):
        sample, mark, exemplar = line.rpartition(" # {")
        exemplar = re.sub(r'\\(.)', lambda escape: "'" if escape[1] == '"' else escape[0], exemplar)
        lines.append(sample + mark + exemplar if mark and not line.startswith("#") else line)
    return "\n".join(lines)


def compare(path, suffix):
    request = json.loads(path.read_text(encoding="utf-8"))
    page = path.with_suffix("." + suffix).read_bytes().decode("utf-8")
    if suffix == "openmetrics":
        page = without_quotes_in_exemplars(page)
    expected = list(samples(request, suffix == "utf8", suffix == "openmetrics"))
    wildcards = {label for _, labels, _ in expected for label, text in labels.items() if isinstance(text, Unknown)}
    parser = open_metrics if suffix == "openmetrics" else plain
    found = [
        (sample.name, sample.labels, sample.value)
        for family in parser(page) for sample in family.samples
        # A snapshot without data points is no request, but its resource is shown.
        if request or sample.name != "target_info"
    ]
    wanted, seen = series(expected, wildcards), series(found, wildcards)
    if wanted != seen:
        return len(found), f"missing {list((wanted - seen))[:2]}, too many {list((seen - wanted))[:2]}"
    return len(found), None


def main(folder):
    count = failures = 0
    for path in sorted(pathlib.Path(folder).glob("*.otlp")):
        for suffix in ("text", "utf8", "openmetrics"):
            try:
                number_of_series, problem = compare(path, suffix)
            except Exception as error:  # A parser may fail in any way; each is a finding.
                number_of_series, problem = 0, f"{type(error).__name__}: {error}"
            count += number_of_series
            if problem:
                failures += 1
                print("FAIL", path.stem, suffix, problem[:1000].replace("\n", "\\n"))
    print(f"compared {count} series, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
