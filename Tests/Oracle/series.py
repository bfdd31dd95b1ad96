"""Lets Prometheus' own Python client read a page: `series.py text|openmetrics FILE`.

Prints the series as JSON, a list of objects with `name`, `labels` and `value`, which is a text so that no digit is lost."""

import json
import pathlib
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain

PARSERS = {"text": plain, "openmetrics": open_metrics}


def main():
    kind, path = sys.argv[1:]
    text = pathlib.Path(path).read_text(encoding="utf-8")
    json.dump([
        {"name": sample.name, "labels": sample.labels, "value": repr(float(sample.value))}
        for family in PARSERS[kind](text) for sample in family.samples
    ], sys.stdout)


if __name__ == "__main__":
    main()
