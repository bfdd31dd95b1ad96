"""Single values, large, each with the line of where it came from."""

import math

from . import svg, theme, units
from .series import reduce

# The most values side by side; the rest is told as a number by the panel.
TILE_LIMIT = 12
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
    """The course of a value along the foot of its tile."""
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
    """The size that suits the longest of a panel's values, so that all have the same."""
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


def draw(panel, series, window, width, height, name):
    """All values side by side."""
    shown = series[:TILE_LIMIT]
    each = width / max(len(shown), 1)
    mode = panel.options.get("textMode", "auto")
    with_name = mode in ("value_and_name", "name") or (mode == "auto" and len(shown) > 1)
    texts = [text_for(reduce(one.values, calculation(panel)), panel, one)[0] for one in shown]
    size = font_size(texts, each, height)
    content = "".join(tile(panel, one, index * each, each, height, with_name, size)
                      for index, one in enumerate(shown))
    return svg.drawing(width, height, name, content, class_="chart")
