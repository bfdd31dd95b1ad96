"""Reads encoded requests with other people's parsers and compares them, value by value, with what
the test says they hold.

    compare.py <folder>

The folder holds `<case>.txt`, one line for each data point that the case's requests shall hold, in
order, and `<case>.<n>.json`, the requests themselves. Every request is read by protobuf's json_format
and by opentelemetry-proto-json, and checked strictly for what both let pass: field names, 64-bit
integers as strings, no null, one member per value, no empty envelope, buckets that add up, trace
identifiers in hexadecimal.
Prints one FAIL line for each case that differs; the exit status tells whether there was one.
"""

import base64
import json
import math
import pathlib
import re
import struct
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest as ProtobufRequest,
)
from opentelemetry.proto_json.collector.metrics.v1.metrics_service import (
    ExportMetricsServiceRequest as JSONRequest,
)


# ---- Strict structure (checklist C1 to C6, C8 to C10, C12, A6.8, A6.27)


class Broken(Exception):
    pass


def require(condition, where, what):
    if not condition:
        raise Broken(f"{where}: {what}")


def pairs_without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    require(len(keys) == len(set(keys)), "object", f"duplicate keys in {keys}")
    return dict(pairs)


def refuse_constant(text):
    raise Broken(f"the literal {text} is not JSON")


def string(value, where):
    require(isinstance(value, str), where, "not a string")


def boolean(value, where):
    require(isinstance(value, bool), where, "not a boolean")


def whole(low, high):
    def check(value, where):
        require(isinstance(value, str), where, "a 64-bit integer that is not a string")
        require(re.fullmatch(r"0|-?[1-9][0-9]*", value), where, f"{value!r} is not canonical")
        require(low <= int(value) <= high, where, f"{value} is out of range")

    return check


unsigned = whole(0, 2**64 - 1)
signed = whole(-(2**63), 2**63 - 1)


def whole32(value, where):
    require(type(value) is int, where, "a 32-bit integer that is not a number")
    require(-(2**31) <= value < 2**31, where, f"{value} is out of range")


def identifier(digits):
    def check(value, where):
        string(value, where)
        require(re.fullmatch("[0-9a-f]+", value), where, f"{value!r} is not lower-case hexadecimal")
        require(len(value) == digits, where, f"{len(value)} digits, not {digits}")

    return check


def double(value, where):
    if isinstance(value, str):
        require(value in ("NaN", "Infinity", "-Infinity"), where, f"the double {value!r}")
    else:
        require(type(value) in (int, float), where, "not a number")
        require(math.isfinite(value), where, "an overflowing literal")


def base64_text(value, where):
    string(value, where)
    raw = base64.b64decode(value, validate=True)
    require(base64.b64encode(raw).decode() == value, where, "base64 that is not canonical")


def temporality(value, where):
    require(type(value) is int and value in (1, 2), where, f"the temporality {value!r}")


def listed(element, is_required=False):
    def check(value, where):
        require(isinstance(value, list), where, "not a list")
        require(value or not is_required, where, "empty")
        for index, item in enumerate(value):
            element(item, f"{where}[{index}]")

    return check


def fields(required=(), one_of=(), extra=None, **known):
    def check(value, where):
        require(isinstance(value, dict), where, "not an object")
        for name, item in value.items():
            require(name in known, where, f"the unknown field {name!r}")
            known[name](item, f"{where}.{name}")
        for name in required:
            require(name in value, where, f"without {name}")
        if one_of:
            present = [name for name in one_of if name in value]
            require(len(present) == 1, where, f"has {present} of {one_of}")
        if extra:
            extra(value, where)

    return check


def at_most_one(value, where):
    require(len(value) <= 1, where, f"has {list(value)}")


def any_value(value, where):
    fields(
        extra=at_most_one,
        stringValue=string,
        boolValue=boolean,
        intValue=signed,
        doubleValue=double,
        bytesValue=base64_text,
        arrayValue=fields(values=listed(any_value, True)),
        kvlistValue=fields(values=attributes),
    )(value, where)


def attributes(value, where):
    listed(fields(required=("key", "value"), key=string, value=any_value), True)(value, where)
    keys = [item["key"] for item in value]
    require(len(keys) == len(set(keys)), where, "duplicate keys")
    encoded = [key.encode() for key in keys]
    require(encoded == sorted(encoded), where, "unsorted keys")


def without_records(point, where):
    require(point.get("sum", 0) == 0, where, "a sum without records")
    require("min" not in point and "max" not in point, where, "extremes without records")


def buckets(point, where):
    counts = [int(count) for count in point["bucketCounts"]]
    bounds = [float(bound) for bound in point.get("explicitBounds", [])]
    require(sum(counts) == int(point["count"]), where, "buckets that do not add up to the count")
    require(len(counts) == len(bounds) + 1, where, "as many buckets as bounds do not make")
    require(all(a < b for a, b in zip(bounds, bounds[1:])), where, "bounds that do not increase")
    if int(point["count"]) == 0:
        without_records(point, where)


def exponential_buckets(point, where):
    counts = [int(point["zeroCount"])]
    for name in ("positive", "negative"):
        counts += [int(count) for count in point.get(name, {"bucketCounts": []})["bucketCounts"]]
    require(sum(counts) == int(point["count"]), where, "buckets that do not add up to the count")
    if int(point["count"]) == 0:
        without_records(point, where)


def both_identifiers(exemplar, where):
    present = [name for name in ("spanId", "traceId") if name in exemplar]
    require(len(present) != 1, where, f"has {present} alone")


exemplar = fields(
    required=("timeUnixNano",),
    one_of=("asInt", "asDouble"),
    extra=both_identifiers,
    filteredAttributes=attributes,
    timeUnixNano=unsigned,
    asInt=signed,
    asDouble=double,
    spanId=identifier(16),
    traceId=identifier(32),
)
exemplars = listed(exemplar, True)
number_point = fields(
    required=("startTimeUnixNano", "timeUnixNano"),
    one_of=("asInt", "asDouble"),
    attributes=attributes,
    startTimeUnixNano=unsigned,
    timeUnixNano=unsigned,
    asInt=signed,
    asDouble=double,
    exemplars=exemplars,
)
histogram_point = fields(
    required=("startTimeUnixNano", "timeUnixNano", "count", "bucketCounts"),
    extra=buckets,
    attributes=attributes,
    startTimeUnixNano=unsigned,
    timeUnixNano=unsigned,
    count=unsigned,
    sum=double,
    bucketCounts=listed(unsigned, True),
    explicitBounds=listed(double, True),
    exemplars=exemplars,
    min=double,
    max=double,
)
bucket_range = fields(
    required=("offset", "bucketCounts"), offset=whole32, bucketCounts=listed(unsigned, True)
)
exponential_histogram_point = fields(
    required=("startTimeUnixNano", "timeUnixNano", "count", "scale", "zeroCount"),
    extra=exponential_buckets,
    attributes=attributes,
    startTimeUnixNano=unsigned,
    timeUnixNano=unsigned,
    count=unsigned,
    sum=double,
    scale=whole32,
    zeroCount=unsigned,
    positive=bucket_range,
    negative=bucket_range,
    zeroThreshold=double,
    exemplars=exemplars,
    min=double,
    max=double,
)
metric = fields(
    required=("name",),
    one_of=("sum", "gauge", "histogram", "exponentialHistogram"),
    name=string,
    description=string,
    unit=string,
    metadata=attributes,
    sum=fields(
        required=("dataPoints", "aggregationTemporality"),
        dataPoints=listed(number_point, True),
        aggregationTemporality=temporality,
        isMonotonic=boolean,
    ),
    gauge=fields(required=("dataPoints",), dataPoints=listed(number_point, True)),
    histogram=fields(
        required=("dataPoints", "aggregationTemporality"),
        dataPoints=listed(histogram_point, True),
        aggregationTemporality=temporality,
    ),
    exponentialHistogram=fields(
        required=("dataPoints", "aggregationTemporality"),
        dataPoints=listed(exponential_histogram_point, True),
        aggregationTemporality=temporality,
    ),
)
scope_metrics = fields(
    required=("scope", "metrics"),
    scope=fields(name=string, version=string, attributes=attributes),
    metrics=listed(metric, True),
    schemaUrl=string,
)
resource_metrics = fields(
    required=("resource", "scopeMetrics"),
    resource=fields(attributes=attributes),
    scopeMetrics=listed(scope_metrics, True),
    schemaUrl=string,
)
request = fields(
    required=("resourceMetrics",), resourceMetrics=listed(resource_metrics, True)
)


# ---- What a parsed request holds, in the lines of the test


def hexadecimal(data):
    return (data.encode() if isinstance(data, str) else bytes(data)).hex()


def bits(value):
    return "nan" if math.isnan(value) else struct.pack(">d", value).hex()


class Protobuf:
    # A name in quotes before a colon is a member's: within a string the quotes would be escaped.
    IDENTIFIER = re.compile(rb'"(traceId|spanId)":"([0-9a-f]+)"')

    @staticmethod
    def parse(raw):
        """json_format knows nothing of OTLP's exception (C2): it reads identifiers as base64."""

        def in_base64(found):
            data = base64.b64encode(bytes.fromhex(found[2].decode()))
            return b'"%s":"%s"' % (found[1], data)

        return json_format.Parse(Protobuf.IDENTIFIER.sub(in_base64, raw), ProtobufRequest())

    @staticmethod
    def has(message, name):
        return message.HasField(name)


class OfficialJSON:
    @staticmethod
    def parse(raw):
        return JSONRequest.from_json(raw)

    @staticmethod
    def has(message, name):
        return getattr(message, name) is not None


def dump_value(parser, value):
    if value is None:
        return "e"
    if parser.has(value, "string_value"):
        return "s" + hexadecimal(value.string_value)
    if parser.has(value, "bool_value"):
        return "t" if value.bool_value else "f"
    if parser.has(value, "int_value"):
        return f"i{value.int_value}"
    if parser.has(value, "double_value"):
        return "d" + bits(value.double_value)
    if parser.has(value, "bytes_value"):
        return "x" + hexadecimal(value.bytes_value)
    if parser.has(value, "array_value"):
        return "[" + ",".join(dump_value(parser, item) for item in value.array_value.values) + "]"
    if parser.has(value, "kvlist_value"):
        return dump_attributes(parser, value.kvlist_value.values)
    return "e"


def dump_attributes(parser, items):
    pairs = (f"{hexadecimal(item.key)}={dump_value(parser, item.value)}" for item in items)
    return "{" + ",".join(pairs) + "}"


def dump_number(parser, value):
    return f"i{value.as_int}" if parser.has(value, "as_int") else "d" + bits(value.as_double)


def dump_exemplars(parser, exemplars):
    texts = []
    for exemplar in exemplars:
        parts = [
            str(exemplar.time_unix_nano),
            dump_number(parser, exemplar),
            hexadecimal(exemplar.trace_id) or "-",
            hexadecimal(exemplar.span_id) or "-",
            dump_attributes(parser, exemplar.filtered_attributes),
        ]
        texts.append("/".join(parts))
    return "<" + ";".join(texts) + ">"


def dump_range(parser, point, name):
    if not parser.has(point, name):
        return "-"
    found = getattr(point, name)
    return f"{found.offset}:" + ",".join(map(str, found.bucket_counts))


def dump_point(parser, kind, point, time):
    head = [
        dump_attributes(parser, point.attributes),
        str(point.start_time_unix_nano),
        time,
        dump_exemplars(parser, point.exemplars),
    ]
    if kind in ("sum", "gauge"):
        return head + [dump_number(parser, point)]
    optional = [
        bits(getattr(point, name)) if parser.has(point, name) else "-"
        for name in ("sum", "min", "max")
    ]
    head += [str(point.count), *optional]
    if kind == "histogram":
        return head + [
            ",".join(map(str, point.bucket_counts)),
            ",".join(map(bits, point.explicit_bounds)),
        ]
    ranges = [dump_range(parser, point, name) for name in ("positive", "negative")]
    threshold = bits(point.zero_threshold)
    return head + [str(point.scale), str(point.zero_count), *ranges, threshold]


KINDS = ("sum", "gauge", "histogram", "exponential_histogram")


def dump(parser, raw):
    lines = []
    for resource in parser.parse(raw).resource_metrics:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                kind = next(kind for kind in KINDS if parser.has(metric, kind))
                data = getattr(metric, kind)
                place = [
                    dump_attributes(parser, resource.resource.attributes),
                    hexadecimal(resource.schema_url),
                    hexadecimal(scope.scope.name),
                    hexadecimal(scope.scope.version),
                    dump_attributes(parser, scope.scope.attributes),
                    hexadecimal(scope.schema_url),
                    hexadecimal(metric.name),
                    hexadecimal(metric.unit),
                    hexadecimal(metric.description),
                    dump_attributes(parser, metric.metadata),
                    kind,
                    str(int(data.aggregation_temporality)) if kind != "gauge" else "-",
                    ("t" if data.is_monotonic else "f") if kind == "sum" else "-",
                ]
                for point in data.data_points:
                    time = str(point.time_unix_nano)
                    lines.append(" ".join(place + dump_point(parser, kind, point, time)))
    return lines


def compare(expected, requests):
    for raw in requests:
        text = raw.decode("utf-8", errors="strict")
        parsed = json.loads(
            text, object_pairs_hook=pairs_without_duplicates, parse_constant=refuse_constant
        )
        request(parsed, "request")
    for parser in (Protobuf, OfficialJSON):
        lines = [line for raw in requests for line in dump(parser, raw)]
        for index, (got, wanted) in enumerate(zip(lines, expected)):
            require(got == wanted, f"{parser.__name__}, point {index}", f"{got}\n  not {wanted}")
        require(
            len(lines) == len(expected), parser.__name__, f"{len(lines)} points, not {len(expected)}"
        )


def main():
    folder = pathlib.Path(sys.argv[1])
    cases = sorted(folder.glob("*.txt"))
    failures = points = 0
    for case in cases:
        files = folder.glob(f"{case.stem}.*.json")
        requests = [
            file.read_bytes() for file in sorted(files, key=lambda f: int(f.name.split(".")[1]))
        ]
        expected = case.read_text().splitlines()
        points += len(expected)
        try:
            compare(expected, requests)
        except Exception as error:  # whatever a parser raises is a failure of the case
            failures += 1
            print(f"FAIL {case.stem} {type(error).__name__}: {error}")
    print(f"compared {len(cases)} cases, {points} points, {failures} failures")
    sys.exit(1 if failures or not cases else 0)


main()
