"""A table of the latest values, a row for each set of labels."""

from html import escape

from . import dashboard, stat, theme
from .series import reduce

# The most rows that a table shows.
ROW_LIMIT = 50


class Table:
    """Columns by name, rows as mappings; Grafana's transformations work on it one by one."""

    def __init__(self, panel, series):
        refs = sorted({each.ref for each in series})
        self.values = {ref: "Value" if len(panel.targets) == 1 else f"Value #{ref}" for ref in refs}
        rows = {}
        for each in series:
            labels = {key: value for key, value in each.labels.items() if key != "__name__"}
            row = rows.setdefault(tuple(sorted(labels.items())), dict(labels))
            row[self.values[each.ref]] = reduce(each.values, "lastNotNull")
        self.rows = list(rows.values())
        labels = sorted({key for row in self.rows for key in row} - set(self.values.values()))
        self.columns = labels + list(self.values.values())

    def transform(self, transformation):
        options = transformation.get("options") or {}
        kind = transformation.get("id")
        if kind == "organize":
            hidden = options.get("excludeByName") or {}
            order = options.get("indexByName") or {}
            self.keep([each for each in self.columns if not hidden.get(each)])
            self.columns.sort(key=lambda name: order.get(name, len(order)))
            self.rename(options.get("renameByName") or {})
        elif kind == "filterFieldsByName":
            names = (options.get("include") or {}).get("names")
            if names:
                self.keep([each for each in self.columns if each in names])
        elif kind == "sortBy":
            for each in reversed(options.get("sort") or []):
                self.sort(each.get("field"), bool(each.get("desc")))
        elif kind == "limit":
            self.rows = self.rows[:int(options.get("limitField") or ROW_LIMIT)]

    def keep(self, columns):
        self.columns = columns

    def rename(self, names):
        names = {old: new for old, new in names.items() if new and old in self.columns}
        self.columns = [names.get(each, each) for each in self.columns]
        self.rows = [{names.get(key, key): value for key, value in row.items()}
                     for row in self.rows]

    def sort(self, name, descending):
        def key(row):
            value = row.get(name)
            return (isinstance(value, str), value)
        known = [row for row in self.rows if row.get(name) is not None]
        missing = [row for row in self.rows if row.get(name) is None]
        self.rows = sorted(known, key=key, reverse=descending) + missing


def cell(panel, properties, value):
    if isinstance(value, str):
        return f"<td>{escape(value)}</td>"

    class Field:
        """The properties that a single value takes from a series."""

    Field.properties = properties
    shown, color = stat.text_for(value, panel, Field)
    kind = properties.get("custom.cellOptions") or panel.custom.get("cellOptions") or {}
    if color is None and value is not None and str(kind.get("type", "")).startswith("color"):
        defaults = panel.defaults | {
            key: each for key, each in properties.items() if key == "thresholds"}
        color = theme.threshold_color(value, defaults)
    style = f' style="color:{escape(color)}"' if color else ""
    return f'<td class="number"{style}>{escape(shown)}</td>'


def draw(panel, series, name):
    """The table as HTML."""
    table = Table(panel, series)
    for transformation in panel.transformations:
        table.transform(transformation)
    for each in reversed(panel.options.get("sortBy") or []):
        table.sort(each.get("displayName"), bool(each.get("desc")))
    numbers = {key for row in table.rows for key, value in row.items()
               if not isinstance(value, str)}
    properties = {each: dashboard.override_of(panel, each, "") for each in table.columns}
    columns = [each for each in table.columns if not properties[each].get("custom.hidden")]
    head = "".join(
        f'<th scope="col"{" class=number" if each in numbers else ""}>'
        f'{escape(str(properties[each].get("displayName") or each))}</th>' for each in columns)
    body = "".join(
        "<tr>" + "".join(cell(panel, properties[each], row.get(each, "" if each not in numbers
                                                               else None)) for each in columns)
        + "</tr>" for row in table.rows[:ROW_LIMIT])
    more = len(table.rows) - ROW_LIMIT
    note = f'<p class="note">and {more} more rows</p>' if more > 0 else ""
    return (f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}</div>")
