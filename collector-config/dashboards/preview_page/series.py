"""The results of a panel's queries: series on the grid of a window, with names and colours."""

import math
import re
from dataclasses import dataclass

from . import dashboard, theme
from .database import QueryError

# The most series that one panel draws. The panel says how many more there are.
SERIES_LIMIT = 24
PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


@dataclass
class Series:
    name: str
    labels: dict
    ref: str
    # One for each point of the window, None where there is none; a single one for an instant.
    values: list
    properties: dict
    color: str = ""
    # Whether its line is dashed, since its colour has been used before in its panel.
    is_dashed: bool = False

    @property
    def last(self):
        return next((each for each in reversed(self.values) if each is not None), None)

    def known(self):
        return [each for each in self.values if each is not None and math.isfinite(each)]


@dataclass
class Answer:
    """The series of a panel, and what went wrong: (query, message) for each query that failed."""

    series: list
    failures: list
    queries: list
    # How many series there were beyond the limit.
    left_out: int = 0


def name_of(labels, target):
    if target.legend and target.legend != "__auto":
        return PLACEHOLDER.sub(lambda match: labels.get(match[1], ""), target.legend).strip()
    pairs = ", ".join(f"{key}={labels[key]}" for key in sorted(labels) if key != "__name__")
    return labels.get("__name__", "") + (f"{{{pairs}}}" if pairs else "") or target.ref


def on_grid(points, window):
    values = [None] * window.count
    for time, value in points:
        index = window.index(time)
        if 0 <= index < len(values) and not math.isnan(value):
            values[index] = value
    return values


def variables_for(board, window, chosen):
    """All variables of a query; `chosen` are those that the caller sets."""
    return board.variables | {
        "__rate_interval": f"{math.ceil(window.rate_interval)}s",
        "__interval": f"{math.ceil(max(window.step, window.interval))}s",
        "__interval_ms": str(math.ceil(max(window.step, window.interval) * 1000)),
        "__range": f"{math.ceil(window.end - window.start)}s",
        "__range_s": str(math.ceil(window.end - window.start)),
        "__range_ms": str(math.ceil((window.end - window.start) * 1000)),
    } | chosen


def ask(panel, database, window, variables):
    """Runs all queries of a panel. If one fails, the others still count."""
    answer = Answer([], [], [])
    for target in panel.targets:
        query = dashboard.substitute(target.expr, variables)
        answer.queries.append(query)
        if not query.strip():
            continue
        try:
            if target.instant:
                found = [(labels, [None if math.isnan(value) else value])
                         for labels, value in database.at(query, window.end)]
            else:
                found = [(labels, on_grid(points, window))
                         for labels, points in database.over(query, window)]
        except QueryError as error:
            answer.failures.append((query, str(error)))
            continue
        for labels, values in found:
            if any(value is not None for value in values):
                answer.series.append(one_series(panel, target, labels, values))
    if panel.kind != "table":
        answer.left_out = max(len(answer.series) - SERIES_LIMIT, 0)
        del answer.series[SERIES_LIMIT:]
    give_colors(answer.series)
    return answer


def one_series(panel, target, labels, values):
    name = name_of(labels, target)
    properties = dashboard.override_of(panel, name, target.ref)
    shown = str(properties.get("displayName") or panel.defaults.get("displayName") or name)
    return Series(shown, labels, target.ref, values, properties)


def give_colors(series):
    """Fixed colours where an override names one, else those of the palette in turn; beyond the
    palette, lines are dashed."""
    for index, each in enumerate(series):
        wanted = each.properties.get("color") or {}
        fixed = theme.named_color(wanted.get("fixedColor")) if isinstance(wanted, dict) else None
        each.color = fixed or theme.palette_color(index)
        each.is_dashed = theme.is_dashed(index)


def reduce(values, calculation):
    """Reduces many values to one, with the calculation of this name in Grafana."""
    known = [each for each in values if each is not None]
    if not known:
        return None
    ways = {
        "last": lambda: values[-1], "first": lambda: values[0],
        "firstNotNull": lambda: known[0], "min": lambda: min(known), "max": lambda: max(known),
        "mean": lambda: sum(known) / len(known), "sum": lambda: sum(known),
        "count": lambda: len(known), "range": lambda: max(known) - min(known),
        "delta": lambda: known[-1] - known[0], "diff": lambda: known[-1] - known[0],
    }
    return ways.get(calculation, lambda: known[-1])()
