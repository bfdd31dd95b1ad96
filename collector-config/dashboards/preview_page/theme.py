"""How a page looks: colours for light and dark, and the style sheet."""

import pathlib
import re

# Lines that people with any common colour blindness can tell apart (after Okabe and Ito), made
# darker on white and lighter on black until each stands out by 3:1. Beyond them, lines are dashed.
PALETTE = {
    "light": ("#0072b2", "#c2500a", "#00805c", "#a8488a", "#8f6a00", "#2b8fbf", "#5a5a5a",
              "#6a4fc0"),
    "dark": ("#56b4e9", "#f08a4b", "#2fc294", "#dd8fbd", "#e6b422", "#9ad4f5", "#b8b8b8",
             "#b09cf5"),
}
# The names that thresholds and fixed colours use. They are also colours of text.
NAMED = {
    "light": {"green": "#1a7037", "yellow": "#7d5a00", "orange": "#a8480a", "red": "#b3261e",
              "blue": "#0a58b0", "purple": "#7a3fb0", "text": "#1f2328"},
    "dark": {"green": "#4cc46a", "yellow": "#e3b341", "orange": "#ff9d57", "red": "#ff8078",
             "blue": "#6cb2ff", "purple": "#c79bff", "text": "#e8ebf0"},
}
# Surfaces and text: page, panel, its border, grid lines, text, lesser text, what is chosen.
SURFACES = {
    "light": {"page": "#f3f5f8", "panel": "#ffffff", "border": "#dde2ea", "grid": "#e6eaf0",
              "axis": "#aeb6c2", "text": "#1f2328", "muted": "#57606a", "accent": "#0a58b0",
              "track": "#e9edf3"},
    "dark": {"page": "#0f1217", "panel": "#181c23", "border": "#2a303a", "grid": "#272d37",
             "axis": "#586273", "text": "#e8ebf0", "muted": "#a3adba", "accent": "#6cb2ff",
             "track": "#262c36"},
}
HEX = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\Z")


def named_color(name):
    """The CSS value of Grafana's colour name (`semi-dark-green`, `#rrggbb`); None if unknown."""
    name = str(name or "")
    if HEX.match(name):
        return name
    plain = re.sub(r"^(super-light|light|semi-dark|dark)-", "", name)
    if plain in NAMED["light"]:
        return f"var(--{plain})"
    return "transparent" if plain == "transparent" else None


def palette_color(index):
    return f"var(--line-{index % len(PALETTE['light'])})"


def is_dashed(index):
    """Whether a line's colour has been used before in its panel."""
    return index // len(PALETTE["light"]) % 2 == 1


def threshold_steps(defaults):
    """The thresholds of a panel as (value, colour), ascending; the first has no value."""
    steps = (defaults.get("thresholds") or {}).get("steps") or []
    found = [(each.get("value"), named_color(each.get("color")) or "var(--text)")
             for each in steps]
    return sorted(found, key=lambda pair: float("-inf") if pair[0] is None else pair[0])


def threshold_color(value, defaults, span=None):
    """The colour of the highest threshold that a value has reached; None without thresholds.
    Thresholds in percent are shares of the `span` (low, high)."""
    steps = threshold_steps(defaults)
    if (defaults.get("thresholds") or {}).get("mode") == "percentage" and span:
        low, high = span
        value = 100 * (value - low) / ((high - low) or 1)
    reached = [color for start, color in steps if start is None or value >= start]
    return reached[-1] if reached else None


def variables(mode):
    pairs = {f"line-{index}": color for index, color in enumerate(PALETTE[mode])}
    pairs |= NAMED[mode] | SURFACES[mode]
    return "".join(f"--{name}:{color};" for name, color in pairs.items())


def style_sheet():
    """The style sheet: the colours of both modes, then page.css in this folder."""
    rules = (pathlib.Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    return (
        f":root{{color-scheme:light;{variables('light')}}}\n"
        "@media (prefers-color-scheme:dark){:root:not([data-theme=light])"
        f"{{color-scheme:dark;{variables('dark')}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{variables('dark')}}}\n" + rules)
