"""Runs programs of measurements through the official Python SDK.

Reads one program per line from standard input (JSON, as Tests/DifferentialTests/Plan.swift writes
it), answers one line per program on standard output (JSON, as PlainPoint.swift reads it). Doubles
travel as the hexadecimal digits of their bits, so that nothing is rounded on the way.
"""

import json
import logging
import struct
import sys
import traceback

from opentelemetry.metrics import Observation
from opentelemetry.sdk import metrics
from opentelemetry.sdk.metrics import view as views
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    ExponentialHistogram,
    Gauge,
    Histogram,
    InMemoryMetricReader,
    Sum,
)
from opentelemetry.sdk.resources import Resource

CUMULATIVE, DELTA = AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA

CLASSES = {
    "counter": metrics.Counter,
    "upDownCounter": metrics.UpDownCounter,
    "histogram": metrics.Histogram,
    # The class without an underscore is the one that readers and views know.
    "gauge": metrics._Gauge,
    "observableCounter": metrics.ObservableCounter,
    "observableUpDownCounter": metrics.ObservableUpDownCounter,
    "observableGauge": metrics.ObservableGauge,
}


def to_bits(value):
    return struct.pack(">d", float(value)).hex()


def to_number(text):
    """The number of "i5" or "d3ff0000000000000"."""
    if text[0] == "i":
        return int(text[1:])
    return struct.unpack(">d", bytes.fromhex(text[1:]))[0]


def to_value(text):
    """The attribute value of "s…", "b0", "i5", "d…" or "a…,…" (an array of strings)."""
    if text[0] == "s":
        return text[1:]
    if text[0] == "b":
        return text[1:] == "1"
    if text[0] == "a":
        return text[1:].split(",")
    return to_number(text)


def value_text(value):
    if isinstance(value, str):
        return "s" + value
    if isinstance(value, bool):
        return "b1" if value else "b0"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "d" + to_bits(value)
    return "a" + ",".join(value)


def attributes_text(attributes):
    return ";".join(f"{key}={value_text(attributes[key])}" for key in sorted(attributes))


def make_aggregation(plan):
    kind = plan["kind"]
    if kind == "standard":
        return views.DefaultAggregation()
    if kind == "drop":
        return views.DropAggregation()
    if kind == "sum":
        return views.SumAggregation()
    if kind == "lastValue":
        return views.LastValueAggregation()
    if kind == "explicit":
        bounds = plan.get("bounds")
        return views.ExplicitBucketHistogramAggregation(
            None if bounds is None else [to_number(bound) for bound in bounds],
            plan["recordsMinMax"])
    return views.ExponentialBucketHistogramAggregation(
        plan["size"], plan["scale"], plan["recordsMinMax"])


def make_view(plan):
    kind = plan.get("kind")
    return views.View(
        instrument_type=None if kind is None else CLASSES[kind],
        instrument_name=plan.get("name"),
        instrument_unit=plan.get("unit"),
        meter_name=plan.get("meter"),
        name=plan.get("rename"),
        description=plan.get("description"),
        attribute_keys=None if plan.get("keys") is None else set(plan["keys"]),
        aggregation=make_aggregation(plan["aggregation"]),
        aggregation_cardinality_limit=plan.get("limit"))


def make_temporality(preference):
    """What the OTLP exporter's preference means for each kind (checklist A7.6).

    A gauge is "delta", which makes the SDK leave silent ones out (A7.2)."""
    observed = DELTA if preference == "delta" else CUMULATIVE
    return {
        metrics.Counter: DELTA,
        metrics.Histogram: DELTA,
        metrics._Gauge: DELTA,
        metrics.UpDownCounter: CUMULATIVE,
        metrics.ObservableCounter: observed,
        metrics.ObservableUpDownCounter: CUMULATIVE,
        metrics.ObservableGauge: CUMULATIVE,
    }


def make_point(metric, point):
    data = metric.data
    result = {"attributes": attributes_text(point.attributes)}
    if isinstance(data, (Sum, Gauge)):
        is_integer = isinstance(point.value, int)
        result["value"] = f"i{point.value}" if is_integer else "d" + to_bits(point.value)
        return result
    result["count"] = point.count
    result["sum"] = to_bits(point.sum)
    # Infinite where nothing was recorded or extremes are not kept.
    result["minimum"] = to_bits(point.min)
    result["maximum"] = to_bits(point.max)
    if isinstance(data, Histogram):
        result["buckets"] = list(point.bucket_counts)
        result["bounds"] = [to_bits(bound) for bound in point.explicit_bounds]
    else:
        result["scale"] = point.scale
        result["zeroCount"] = point.zero_count
        result["positiveOffset"] = point.positive.offset
        result["positive"] = list(point.positive.bucket_counts)
        result["negativeOffset"] = point.negative.offset
        result["negative"] = list(point.negative.bucket_counts)
    return result


def make_points(reader):
    points = []
    collected = reader.get_metrics_data()
    for resource in collected.resource_metrics if collected else []:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                data = metric.data
                kind = {Sum: "sum", Gauge: "gauge", Histogram: "histogram",
                        ExponentialHistogram: "exponential"}[type(data)]
                head = {
                    "scope": scope.scope.name, "name": metric.name, "unit": metric.unit,
                    "description": metric.description, "kind": kind,
                    "isDelta": getattr(data, "aggregation_temporality", None) == DELTA,
                    "isMonotonic": getattr(data, "is_monotonic", False),
                }
                points.extend({**head, **make_point(metric, point)} for point in data.data_points)
    return points


class Run:
    """One program, run."""

    def __init__(self, plan):
        self.plan = plan
        self.round = None
        self.sets = [{key: to_value(text) for key, text in one} for one in plan["sets"]]
        histograms = {metrics.Histogram: make_aggregation(plan["histogramAggregation"])}
        self.cumulative = InMemoryMetricReader(preferred_aggregation=histograms)
        self.delta = InMemoryMetricReader(
            preferred_temporality=make_temporality(plan["preference"]),
            preferred_aggregation=histograms)
        self.provider = metrics.MeterProvider(
            metric_readers=[self.cumulative, self.delta], resource=Resource({}),
            views=[make_view(view) for view in plan["views"]], shutdown_on_exit=False)
        self.record = [
            self.make_instrument(index, instrument)
            for index, instrument in enumerate(plan["instruments"])]

    def make_instrument(self, index, plan):
        meter = self.provider.get_meter(plan["meter"])
        name, kind = plan["name"], plan["kind"]
        texts = {"unit": plan["unit"], "description": plan["description"]}
        if kind == "counter":
            return meter.create_counter(name, **texts).add
        if kind == "upDownCounter":
            return meter.create_up_down_counter(name, **texts).add
        if kind == "gauge":
            return meter.create_gauge(name, **texts).set
        if kind == "histogram":
            bounds = plan.get("boundaries")
            return meter.create_histogram(
                name, **texts, explicit_bucket_boundaries_advisory=(
                    None if bounds is None else [to_number(bound) for bound in bounds])).record

        def observe(_):
            return [
                Observation(to_number(one["value"]), self.sets[one["set"]])
                for one in self.round["observations"] if one["instrument"] == index]

        create = {"observableCounter": meter.create_observable_counter,
                  "observableUpDownCounter": meter.create_observable_up_down_counter,
                  "observableGauge": meter.create_observable_gauge}[kind]
        create(name, callbacks=[observe], **texts)
        return None

    def results(self, rounds):
        for self.round in self.plan["rounds"]:
            for one in self.round["measurements"]:
                self.record[one["instrument"]](to_number(one["value"]), self.sets[one["set"]])
            answer = {"cumulative": make_points(self.cumulative)}
            if self.round["isExported"]:
                answer["delta"] = make_points(self.delta)
            rounds.append(answer)


def main():
    # Refused measurements and views are part of the programs.
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        plan = json.loads(line)
        answer = {"seed": plan["seed"], "rounds": []}
        try:
            Run(plan).results(answer["rounds"])
        except Exception:
            answer["error"] = traceback.format_exc()
        print(json.dumps(answer, separators=(",", ":")))


main()
