"""Grafana's dashboards as files, as far as a page can show them."""

import json
import re
from dataclasses import dataclass, field

# The largest file that is read.
FILE_LIMIT_BYTES = 8 << 20
VARIABLE = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\]")


class DashboardError(ValueError):
    """A file that is no dashboard; the text says what is wrong with it."""


@dataclass(frozen=True)
class Target:
    expr: str
    legend: str
    ref: str
    instant: bool


@dataclass(frozen=True)
class Panel:
    kind: str
    title: str
    description: str
    x: int
    y: int
    w: int
    h: int
    targets: list
    defaults: dict
    overrides: list
    options: dict
    transformations: list

    @property
    def custom(self):
        return self.defaults.get("custom") or {}

    @property
    def unit(self):
        return self.defaults.get("unit") or "short"


@dataclass
class Section:
    """The panels below one row of a dashboard; the first section may have no title."""

    title: str
    panels: list = field(default_factory=list)


@dataclass(frozen=True)
class Dashboard:
    uid: str
    title: str
    description: str
    sections: list
    variables: dict


def whole(value, low, high, fallback):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return fallback
    return min(max(int(value), low), high)


def panel_of(document):
    position = document.get("gridPos") or {}
    config = document.get("fieldConfig") or {}
    x = whole(position.get("x"), 0, 23, 0)
    targets = [
        Target(str(each.get("expr") or ""), str(each.get("legendFormat") or ""),
               str(each.get("refId") or chr(ord("A") + index % 26)), bool(each.get("instant")))
        for index, each in enumerate(document.get("targets") or [])
        if not each.get("hide")
    ]
    return Panel(
        kind=str(document.get("type") or ""), title=str(document.get("title") or ""),
        description=str(document.get("description") or ""), x=x,
        y=whole(position.get("y"), 0, 10_000, 0), w=whole(position.get("w"), 1, 24 - x, 24 - x),
        h=whole(position.get("h"), 2, 60, 8), targets=targets,
        defaults=config.get("defaults") or {}, overrides=config.get("overrides") or [],
        options=document.get("options") or {},
        transformations=document.get("transformations") or [])


def sections_of(panels):
    """The panels in the order of the page, below their rows; collapsed rows are opened."""
    sections = [Section("")]
    order = sorted(panels, key=lambda each: (
        (each.get("gridPos") or {}).get("y", 0), (each.get("gridPos") or {}).get("x", 0)))
    for document in order:
        if document.get("type") == "row":
            nested = [panel_of(each) for each in document.get("panels") or []]
            sections.append(Section(str(document.get("title") or ""), nested))
        else:
            sections[-1].panels.append(panel_of(document))
    return [each for each in sections if each.panels]


def value_of(variable):
    """The value of a variable in a query until somebody chooses one: its current value, or all."""
    current = (variable.get("current") or {}).get("value")
    values = current if isinstance(current, list) else [current]
    values = [str(each) for each in values if each not in (None, "")]
    if not values or "$__all" in values:
        return str(variable.get("allValue") or ".*")
    return "|".join(values)


def read_dashboard(path):
    """The dashboard in a file."""
    try:
        with open(path, "rb") as file:
            document = json.loads(file.read(FILE_LIMIT_BYTES))
    except OSError as error:
        raise DashboardError(f"{path}: it can't be read: {error.strerror}") from None
    except ValueError as error:
        raise DashboardError(f"{path}: it is not JSON: {error}") from None
    if not isinstance(document, dict) or not isinstance(document.get("panels"), list):
        raise DashboardError(f"{path}: it is no dashboard: a list `panels` is needed")
    variables = {
        str(each.get("name")): value_of(each)
        for each in (document.get("templating") or {}).get("list") or []
    }
    return Dashboard(
        uid=re.sub(r"[^A-Za-z0-9_-]", "-", str(document.get("uid") or path.stem)),
        title=str(document.get("title") or path.stem),
        description=str(document.get("description") or ""),
        sections=sections_of(document["panels"]), variables=variables)


def substitute(expr, variables):
    """A query with its variables filled in. An unknown one stays, so that the error names it."""
    def replacement(match):
        return variables.get(match[1] or match[2] or match[3], match[0])
    return VARIABLE.sub(replacement, expr)


def override_of(panel, name, ref):
    """The properties that the overrides of a panel set for one field."""
    found = {}
    for override in panel.overrides:
        matcher = override.get("matcher") or {}
        kind, wanted = matcher.get("id"), matcher.get("options")
        if kind == "byRegexp":
            pattern = str(wanted).strip("/")
            hit = re.search(pattern, name) is not None
        else:
            hit = (kind, wanted) in (("byName", name), ("byFrameRefID", ref))
        if hit:
            found.update({each.get("id"): each.get("value")
                          for each in override.get("properties") or []})
    return found
