"""Lines, areas and bars over time."""

import math

from . import svg, theme, units
from .scales import LogScale, ValueScale, time_ticks

FONT_SIZE = 11
# Ticks keep at least this distance, in pixels.
ROW_PIXELS, COLUMN_PIXELS = 42, 88
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM = 8, 12, 20
# How dark the areas of a panel may become where they overlap.
OVERLAID_OPACITY = 0.2


def stacked(series):
    """The series as bands on top of one another: (series, feet, heads)."""
    feet = [0.0] * max((len(each.values) for each in series), default=0)
    bands = []
    for each in series:
        heads = [foot + (value or 0) for foot, value in zip(feet, each.values)]
        bands.append((each, feet, heads))
        feet = heads
    return bands


def style_of(panel, series):
    """The settings of a panel for its drawings, and those for this series."""
    return panel.custom | {
        key.removeprefix("custom."): value for key, value in series.properties.items()
        if str(key).startswith("custom.")}


def is_dashed(panel, series):
    """Whether a series is a dashed line; bars and points have no dashes."""
    return series.is_dashed and style_of(panel, series).get("drawStyle") not in ("bars", "points")


class Chart:
    """One drawing of a time series panel."""

    def __init__(self, panel, series, window, width, height):
        self.panel, self.window = panel, window
        self.width, self.height = width, height
        self.is_stacked = (panel.custom.get("stacking") or {}).get("mode") in ("normal", "percent")
        self.bands = stacked(series) if self.is_stacked else [
            (each, None, self.signed(each)) for each in series]
        self.scale = self.value_scale()
        labels = units.axis_labels(self.scale.ticks, panel.unit, panel.defaults.get("decimals"))
        self.labels = labels
        self.left = max([svg.width_of(each, FONT_SIZE) for each in labels] + [24]) + 10
        self.plot_width = width - self.left - MARGIN_RIGHT
        self.plot_height = height - MARGIN_TOP - MARGIN_BOTTOM

    @staticmethod
    def signed(series):
        """A series that its panel shows below the axis, as is usual for outgoing bytes."""
        if series.properties.get("custom.transform") != "negative-Y":
            return series.values
        return [None if value is None else -value for value in series.values]

    def value_scale(self):
        values = [value for _, _, heads in self.bands for value in heads
                  if value is not None and math.isfinite(value)]
        custom, defaults = self.panel.custom, self.panel.defaults
        wanted = max((self.height - MARGIN_TOP - MARGIN_BOTTOM) // ROW_PIXELS, 2)
        if (custom.get("scaleDistribution") or {}).get("type") == "log":
            return LogScale(values, wanted)
        soft = [custom.get(key) for key in ("axisSoftMin", "axisSoftMax")]
        values += [each for each in soft if isinstance(each, (int, float))]
        with_zero = (self.is_stacked or custom.get("drawStyle") == "bars"
                     or units.is_rate(self.panel.unit))
        return ValueScale(values, self.panel.unit, wanted, low=defaults.get("min"),
                          high=defaults.get("max"), with_zero=with_zero)

    def x(self, index):
        share = index / max(self.window.count - 1, 1)
        return self.left + share * self.plot_width

    def y(self, value):
        return MARGIN_TOP + self.scale.position(value, self.plot_height)

    def draw(self, name):
        # The first query is on top.
        shapes = [self.band(*band) for band in self.bands]
        content = self.grid() + self.thresholds() + "".join(reversed(shapes))
        return svg.drawing(self.width, self.height, name, content, class_="chart")

    def grid(self):
        right, foot = self.left + self.plot_width, MARGIN_TOP + self.plot_height
        parts = []
        for tick, label in zip(self.scale.ticks, self.labels):
            y = self.y(tick)
            kind = "axis" if tick == 0 else "grid"
            parts.append(svg.element("line", x1=self.left, x2=right, y1=y, y2=y, class_=kind))
            parts.append(svg.text(self.left - 6, y + 4, label, class_="tick end"))
        start, end = self.window.start, self.window.end
        for moment, label in time_ticks(start, end, self.plot_width / COLUMN_PIXELS):
            x = self.left + (moment - start) / ((end - start) or 1) * self.plot_width
            half = svg.width_of(label, FONT_SIZE) / 2
            parts.append(svg.element("line", x1=x, x2=x, y1=MARGIN_TOP, y2=foot, class_="grid"))
            if self.left - 10 <= x - half and x + half <= self.width:
                parts.append(svg.text(x, self.height - 5, label, class_="tick middle"))
        return "".join(parts)

    def thresholds(self):
        mode = (self.panel.custom.get("thresholdsStyle") or {}).get("mode", "off")
        if mode == "off":
            return ""
        parts = []
        for value, color in theme.threshold_steps(self.panel.defaults):
            if value is None or not self.scale.low <= value <= self.scale.high:
                continue
            if color == "transparent":
                continue
            y, right = self.y(value), self.left + self.plot_width
            told = svg.title(f"threshold {units.format_value(value, self.panel.unit)}")
            parts.append(svg.element(
                "line", told, x1=self.left, x2=right, y1=y, y2=y, class_="threshold",
                style=f"stroke:{color}"))
        return "".join(parts)

    def runs(self, heads):
        """The stretches of a line without a gap, as lists of indices."""
        spans = self.panel.custom.get("spanNulls")
        # A scrape may be a little late. Data counts as missing only if it is missing for longer.
        limit = math.inf if spans is True else max(self.window.interval * 2 / self.window.step, 1)
        runs, last = [], None
        for index, value in enumerate(heads):
            if value is None or not math.isfinite(value):
                continue
            if last is None or index - last > limit:
                runs.append([])
            runs[-1].append(index)
            last = index
        return runs

    def path(self, indices, heads):
        steps = str(self.panel.custom.get("lineInterpolation", "")).startswith("step")
        parts = []
        for place, index in enumerate(indices):
            x, y = svg.shape(self.x(index)), svg.shape(self.y(heads[index]))
            if steps and place:
                parts.append(f"H{x}V{y}")
            else:
                parts.append(f"{'L' if place else 'M'}{x} {y}")
        return "".join(parts)

    def band(self, series, feet, heads):
        custom = style_of(self.panel, series)
        told = svg.title(f"{series.name}: {units.format_value(series.last, self.panel.unit)}")
        style = f"stroke:{series.color};fill:{series.color}"
        if custom.get("drawStyle") == "bars":
            return svg.element("g", told + self.bars(feet, heads), style=style)
        opacity = min(max(custom.get("fillOpacity") or 0, 0), 100) / 100
        if not self.is_stacked:
            # Areas on top of one another would merge into a block without colours. An area that
            # does not end at zero would make values look larger than they are.
            opacity = min(opacity, OVERLAID_OPACITY / len(self.bands))
            opacity = opacity if self.scale.low <= 0 <= self.scale.high else 0
        parts = []
        for run in self.runs(heads):
            line = self.path(run, heads)
            if len(run) == 1 or custom.get("drawStyle") == "points":
                parts.extend(svg.element("circle", cx=self.x(each), cy=self.y(heads[each]), r=2.2)
                             for each in run)
                continue
            if opacity:
                parts.append(svg.element("path", d=self.area(run, line, feet), class_="area",
                                         fill_opacity=f"{opacity:.3f}"))
            dash = "5 3" if is_dashed(self.panel, series) else None
            width = min(max(custom.get("lineWidth") or 1, 1.6), 5)
            parts.append(svg.element("path", d=line, class_="line", stroke_width=float(width),
                                     stroke_dasharray=dash))
        return svg.element("g", told + "".join(parts), style=style)

    def area(self, run, line, feet):
        """The line, and back along its lower edge, which is the band below or the axis."""
        base = self.y(min(max(0, self.scale.low), self.scale.high))
        if feet is None:
            return f"{line}L{svg.shape(self.x(run[-1]))} {svg.shape(base)}" \
                   f"L{svg.shape(self.x(run[0]))} {svg.shape(base)}Z"
        back = "".join(f"L{svg.shape(self.x(each))} {svg.shape(self.y(feet[each]))}"
                       for each in reversed(run))
        return f"{line}{back}Z"

    def bars(self, feet, heads):
        width = max(self.plot_width / self.window.count * 0.75, 1)
        base = min(max(0, self.scale.low), self.scale.high)
        parts = []
        for index, value in enumerate(heads):
            if value is None or not math.isfinite(value):
                continue
            top, foot = self.y(value), self.y(base if feet is None else feet[index])
            x = min(max(self.x(index) - width / 2, self.left), self.left + self.plot_width - width)
            parts.append(svg.element("rect", x=x, y=min(top, foot), width=width,
                                     height=abs(foot - top), class_="bar"))
        return "".join(parts)


def draw(panel, series, window, width, height, name):
    return Chart(panel, series, window, width, height).draw(name)
