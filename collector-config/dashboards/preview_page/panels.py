"""One panel of a page: its frame, its drawing and its legend, or why there is none."""

import math
from html import escape

from . import bars, chart, series, stat, svg, table, units

# The page's grid in pixels, the same as Grafana's at this width: 24 columns of equal width.
PAGE_WIDTH, PAGE_PADDING = 1280, 16
COLUMNS, GAP, ROW_HEIGHT = 24, 8, 30
# How much of a panel's height and width its border, padding and title take.
FRAME_WIDTH, FRAME_HEIGHT = 26, 46
# A line of a legend, the gap between its columns, its text, and the share of the height that it
# may take before it scrolls.
LEGEND_LINE, LEGEND_GAP, LEGEND_FONT, LEGEND_EMS, LEGEND_HEIGHT_SHARE = 18, 14, 11.5, 0.57, 0.44
# The width of a legend next to its drawing, as a share of the panel.
LEGEND_SHARE = 0.34
# The longest text of a query that a message repeats.
QUERY_LIMIT = 600
CALCULATIONS = {"lastNotNull": "last", "last": "last", "mean": "mean", "max": "max", "min": "min",
                "sum": "sum"}


def size_of(panel):
    """The width and the height inside a panel's frame."""
    column = (PAGE_WIDTH - 2 * PAGE_PADDING - (COLUMNS - 1) * GAP) / COLUMNS
    width = panel.w * column + (panel.w - 1) * GAP - FRAME_WIDTH
    height = panel.h * ROW_HEIGHT + (panel.h - 1) * GAP - FRAME_HEIGHT
    return width, max(height, 30)


def figures(each, panel, with_more=True):
    """The values that a legend shows next to a name, as (label, text): the last one, and those that
    the panel asks for."""
    asked = (panel.options.get("legend") or {}).get("calcs") or []
    wanted = [name for name in asked if CALCULATIONS.get(name) != "last"][:2] if with_more else []
    unit = each.properties.get("unit") or panel.unit
    decimals = panel.defaults.get("decimals")
    return [("", units.format_value(each.last, unit, decimals))] + [
        (CALCULATIONS.get(name, name),
         units.format_value(series.reduce(each.values, name), unit, decimals)) for name in wanted]


def legend_item(panel, each, numbers):
    told = "".join(
        f'<span class="figure">{f"<small>{escape(label)}</small> " if label else ""}'
        f"{escape(text)}</span>" for label, text in numbers)
    swatch = "swatch dashed" if chart.is_dashed(panel, each) else "swatch"
    return (f'<li><span class="{swatch}" style="color:{escape(each.color)}"></span>'
            f'<span class="name" title="{escape(each.name)}">{escape(each.name)}</span>{told}</li>')


def legend_columns(items, width):
    """How many items of a legend fit next to each other; an item is a name and its values."""
    # Figures are bold, and there is a space before each.
    widest = max(LEGEND_EMS * len(each.name) + sum(
        LEGEND_EMS * len(label) + stat.BOLD_EMS * (len(text) + 1) for label, text in numbers)
                 for each, numbers in items)
    return max(int((width + LEGEND_GAP) // (widest * LEGEND_FONT + 36)), 1)


def legend_below(panel, found, extra, width, height):
    """The items of a legend below a drawing, their columns, and their lines. Where they would not
    fit with all figures, they keep the last value only."""
    most = max(int(height * LEGEND_HEIGHT_SHARE / LEGEND_LINE), 1)
    for with_more in (True, False):
        items = [(each, figures(each, panel, with_more)) for each in found]
        columns = min(legend_columns(items, width), len(items))
        lines = math.ceil((len(items) + extra) / columns)
        if lines <= most:
            break
    return items, columns, min(lines, most)


def time_series(panel, answer, window, name):
    width, height = size_of(panel)
    options = panel.options.get("legend") or {}
    if options.get("displayMode") == "hidden" or options.get("showLegend") is False:
        return chart.draw(panel, answer.series, window, width, height, name)
    more = f'<li class="note">and {answer.left_out} more</li>' if answer.left_out else ""
    if options.get("placement") == "right" and width > 400:
        beside = int(width * LEGEND_SHARE)
        items = "".join(legend_item(panel, each, figures(each, panel)) for each in answer.series)
        drawing = chart.draw(panel, answer.series, window, width - beside - GAP, height, name)
        return (f'<div class="beside">{drawing}<ul class="legend" style="width:{beside}px">{items}'
                f"{more}</ul></div>")
    found, columns, lines = legend_below(panel, answer.series, bool(more), width, height)
    items = "".join(legend_item(panel, each, numbers) for each, numbers in found)
    taken = lines * LEGEND_LINE
    drawing = chart.draw(panel, answer.series, window, width, height - taken - 4, name)
    # A few items keep to the left; many stand in columns.
    form = f"repeat({columns},{'auto' if lines == 1 else 'minmax(0,1fr)'})"
    return (f'{drawing}<ul class="legend" style="height:{taken}px;grid-template-columns:{form}">'
            f"{items}{more}</ul>")


def message(kind, text, queries):
    shown = "".join(f"<code>{escape(query[:QUERY_LIMIT])}</code>" for query in queries)
    return f'<div class="message {kind}"><p>{escape(text)}</p>{shown}</div>'


def body(panel, answer, window):
    """The inside of a panel."""
    name = f"{panel.title}: {panel.description}" if panel.description else panel.title
    width, height = size_of(panel)
    failed = "".join(message("error", text, [query]) for query, text in answer.failures)
    if failed:
        # The results of the other queries would look complete.
        return f'<div class="scroll">{failed}</div>'
    if panel.kind not in ("timeseries", "stat", "gauge", "bargauge", "table"):
        return message("empty", f"a panel of the type {panel.kind} is not drawn here", [])
    if not answer.series:
        return message("empty", str(panel.defaults.get("noValue") or "no data"), [])
    if panel.kind == "timeseries":
        return time_series(panel, answer, window, name)
    if panel.kind == "table":
        return table.draw(panel, answer.series, name)
    drawer = bars if panel.kind == "bargauge" else stat
    return drawer.draw(panel, answer, width, height, name)


def panel(one, answer, window, top):
    """A panel with its frame; `top` is the row of the grid at which its section begins."""
    place = f"grid-column:{one.x + 1}/span {one.w};grid-row:{one.y - top + 1}/span {one.h}"
    hint = ""
    if one.description:
        told = escape(one.description)
        hint = (f'<button type="button" class="hint" aria-label="{told}" data-hint="{told}">i'
                "</button>")
    queries = escape("\n".join(answer.queries))
    return (f'<article class="panel" style="{place}"><header><h4 title="{queries}">'
            f"{escape(one.title)}</h4>{hint}</header><div class=\"body {escape(one.kind)}\">"
            f"{body(one, answer, window)}</div></article>")
