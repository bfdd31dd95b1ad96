"""Pieces of SVG: elements, text and how wide it is."""

from html import escape

# The average width of a character of the page's font, in ems, on the wide side.
CHARACTER_EMS = 0.6


def element(tag, content="", **attributes):
    """One element; an attribute's `_` stands for `-`, a trailing one is dropped (`class_`)."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(shape(value))}"'
        for name, value in attributes.items() if value is not None)
    return f"<{tag}{written}>{content}</{tag}>"


def shape(value):
    """A number with one digit after the point, which is exact enough for a drawing."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def text(x, y, content, **attributes):
    return element("text", escape(content), x=x, y=y, **attributes)


def title(content):
    return element("title", escape(content))


def width_of(content, size):
    return len(content) * size * CHARACTER_EMS


def drawing(width, height, name, content, **attributes):
    """A whole drawing with a name for those who can't see it."""
    return element(
        "svg", title(name) + content, viewBox=f"0 0 {shape(float(width))} {shape(float(height))}",
        role="img", aria_label=name, **attributes)
