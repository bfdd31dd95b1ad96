"""Values as horizontal bars, longest where the value is largest."""

from . import stat, svg, theme
from .series import reduce

# The smallest and the largest height of a bar with its gap, in pixels.
LOWEST_ROW, HIGHEST_ROW = 16, 34
# The share of the width that names may take.
NAME_SHARE = 0.4


def draw(panel, answer, width, height, name):
    series = answer.series
    rows = [(each, reduce(each.values, stat.calculation(panel))) for each in series]
    fitting = max(int(height // LOWEST_ROW), 1)
    left_out = answer.left_out
    if len(rows) + bool(left_out) > fitting:
        # The last line says how many values did not fit; they are the smallest ones.
        order = sorted(rows, key=lambda row: abs(row[1] or 0), reverse=True)
        kept = {id(each) for each, _ in order[:max(fitting - 1, 1)]}
        left_out += len(rows) - len(kept)
        rows = [row for row in rows if id(row[0]) in kept]
    values = [value for _, value in rows if value is not None]
    low = panel.defaults.get("min")
    high = panel.defaults.get("max")
    low = min(values + [0]) if low is None else low
    high = max(values + [low]) if high is None else high
    high = high if high > low else low + 1
    texts = [stat.text_for(value, panel, each) for each, value in rows]
    value_width = max([svg.width_of(text, 12) for text, _ in texts] + [30]) + 8
    names = max([svg.width_of(each.name, 12) for each, _ in rows] + [20]) + 14
    name_width = min(names, width * NAME_SHARE)
    row = min(max(height / max(len(rows) + (1 if left_out else 0), 1), LOWEST_ROW), HIGHEST_ROW)
    room = width - name_width - value_width
    parts = []
    for index, ((each, value), (shown, color)) in enumerate(zip(rows, texts)):
        parts.append(bar(panel, each, value, shown, color, index * row, row, name_width, room,
                         low, high))
    if left_out:
        parts.append(svg.text(name_width, len(rows) * row + row / 2 + 4,
                              f"and {left_out} more", class_="name"))
    return svg.drawing(width, height, name, "".join(parts), class_="chart")


def bar(panel, series, value, shown, color, top, row, left, room, low, high):
    if color is None and value is not None:
        color = theme.threshold_color(value, panel.defaults, (low, high))
    # The colours of lines are made for shapes, those of thresholds also for text.
    color, figure = color or series.color, color or "var(--text)"
    middle, thick = top + row / 2, row * 0.56
    zero = left + room * (min(max(0, low), high) - low) / (high - low)
    end = zero if value is None else left + room * (min(max(value, low), high) - low) / (high - low)
    letters = int((left - 8) / (12 * svg.CHARACTER_EMS))
    name = series.name if len(series.name) <= letters else series.name[:max(letters - 1, 1)] + "…"
    parts = [
        svg.title(f"{series.name}: {shown}"),
        svg.text(left - 8, middle + 4, name, class_="name end"),
        svg.element("rect", x=left, y=middle - thick / 2, width=room, height=thick, rx=3,
                    class_="track"),
        svg.element("rect", x=min(zero, end), y=middle - thick / 2,
                    width=max(abs(end - zero), 1.5), height=thick, rx=3, style=f"fill:{color}"),
        svg.text(left + room + 8, middle + 4, shown, class_="figure", style=f"fill:{figure}"),
    ]
    return svg.element("g", "".join(parts))
