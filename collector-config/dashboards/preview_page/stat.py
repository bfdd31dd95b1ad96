"""Single values in large type, each with the line of its history."""

import math

from . import svg, theme, units
from .series import reduce

# The lowest tile with a name above its value, in pixels.
LOWEST_TILE = 36
LARGEST_FONT, SMALLEST_FONT = 44, 12
# The average width of a bold character, in ems; and the share of a tile that text may fill.
BOLD_EMS, TEXT_SHARE = 0.68, 0.86


def calculation(panel):
    return ((panel.options.get("reduceOptions") or {}).get("calcs") or ["lastNotNull"])[0]


def text_for(value, panel, series=None):
    """A value as a panel shows it: a mapped text, or the number with its unit."""
    defaults = panel.defaults | ({} if series is None else series.properties)
    for mapping in defaults.get("mappings") or []:
        options = mapping.get("options") or {}
        result = None
        if mapping.get("type") == "value" and value is not None:
            result = options.get(units.plain(value, 0) if float(value).is_integer() else "")
        elif mapping.get("type") == "range" and value is not None:
            low, high = options.get("from"), options.get("to")
            if (low is None or value >= low) and (high is None or value <= high):
                result = options.get("result")
        elif mapping.get("type") == "special" and value is None:
            result = options.get("result") if options.get("match") in ("null", "null+nan") else None
        if result and result.get("text"):
            return str(result["text"]), theme.named_color(result.get("color"))
    if value is None:
        return str(defaults.get("noValue") or "–"), "var(--muted)"
    decimals = defaults.get("decimals")
    return units.format_value(value, defaults.get("unit") or "short", decimals), None


def spark(series, left, top, width, height, color):
    """The history of a value along the lower edge of its tile."""
    known = series.known()
    count = len(series.values)
    if len(known) < 2 or count < 2:
        return ""
    low, high = min(known), max(known)
    room = (high - low) or 1
    points = [
        (left + index / (count - 1) * width, top + height * (1 - (value - low) / room))
        for index, value in enumerate(series.values)
        if value is not None and math.isfinite(value)]
    if high == low:
        points = [(x, top + height / 2) for x, _ in points]
    line = "M" + "L".join(f"{svg.shape(x)} {svg.shape(y)}" for x, y in points)
    foot = svg.shape(top + height + 2)
    area = f"{line}L{svg.shape(points[-1][0])} {foot}L{svg.shape(points[0][0])} {foot}Z"
    return svg.element(
        "g", svg.element("path", d=area, class_="area", fill_opacity="0.14")
        + svg.element("path", d=line, class_="line", stroke_width=1.6),
        style=f"stroke:{color};fill:{color}")


def font_size(texts, width, height):
    """The text size that fits the longest of a panel's values, so that all have the same size."""
    letters = max(len(each) for each in texts)
    return min(max(width * TEXT_SHARE / (letters * BOLD_EMS), SMALLEST_FONT), LARGEST_FONT,
               height * 0.5)


def tile(panel, series, left, width, height, with_name, size):
    value = reduce(series.values, calculation(panel))
    shown, color = text_for(value, panel, series)
    defaults = panel.defaults | {
        key: each for key, each in series.properties.items() if key in ("thresholds", "min", "max")}
    mode = panel.options.get("colorMode", "value")
    if color is None and value is not None and mode != "none":
        span = (defaults.get("min") or 0, defaults.get("max") or 100)
        color = theme.threshold_color(value, defaults, span)
    color = color or "var(--text)"
    has_spark = panel.options.get("graphMode", "area") == "area" and height >= 70
    middle = height * (0.42 if has_spark else 0.5)
    parts = [svg.title(f"{series.name}: {shown}")]
    if mode.startswith("background"):
        parts.append(svg.element("rect", x=left + 2, y=0, width=width - 4, height=height, rx=6,
                                 style=f"fill:{color}", class_="tint"))
    if has_spark:
        top = height * 0.68
        parts.append(spark(series, left + 4, top, width - 8, height - top - 4, color))
    if with_name:
        middle += 8
        room = int((width - 8) / (12 * svg.CHARACTER_EMS))
        name = series.name if len(series.name) <= room else series.name[:max(room - 1, 1)] + "…"
        parts.append(svg.text(left + width / 2, 14, name, class_="name middle"))
    parts.append(svg.text(left + width / 2, middle + size * 0.35, shown, class_="value middle",
                          font_size=float(size), style=f"fill:{color}"))
    return svg.element("g", "".join(parts))


def layout(count, room, width, height):
    """How many rows and columns this many tiles need, if each is at least `room` wide. If even the
    largest number of rows is too small, the remaining values have no tile."""
    most = max(int(height // LOWEST_TILE), 1)
    for rows in range(1, most + 1):
        columns = math.ceil(count / rows)
        if width / columns >= room:
            return rows, columns
    return most, max(int(width // room), 2)


def draw(panel, answer, width, height, name):
    """All values side by side, in as many rows as they need."""
    series = answer.series
    mode = panel.options.get("textMode", "auto")
    with_name = mode in ("value_and_name", "name") or (mode == "auto" and len(series) > 1)
    texts = [text_for(reduce(one.values, calculation(panel)), panel, one)[0] for one in series]
    room = max(len(each) for each in texts) * SMALLEST_FONT * BOLD_EMS + 4
    rows, columns = layout(len(series) + answer.left_out, room, width, height)
    wide, high = width / columns, height / rows
    # The last tile says how many values have none.
    count = len(series) + answer.left_out
    shown = series if count <= rows * columns else series[:rows * columns - 1]
    size = font_size(texts, wide, high)
    parts = []
    for index, one in enumerate(shown):
        place = f"translate({svg.shape(index % columns * wide)} {svg.shape(index // columns * high)})"
        drawn = tile(panel, one, 0, wide, high, with_name, size)
        parts.append(svg.element("g", drawn, transform=place))
    if len(shown) < count:
        parts.append(svg.text(width - wide / 2, height - high / 2 + 4,
                              f"+{count - len(shown)}", class_="name middle"))
    return svg.drawing(width, height, name, "".join(parts), class_="chart")
