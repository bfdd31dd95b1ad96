"""The whole page: all dashboards, one below the other, and a bar with links to them."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from html import escape

from . import panels, series, theme, window as windows

# How many panels ask the database at once.
QUERIES_AT_ONCE = 8
# The spans that a served page offers, as (text, start).
SPANS = (("5 min", "-5m"), ("15 min", "-15m"), ("1 h", "-1h"), ("6 h", "-6h"), ("24 h", "-24h"))
# ?theme=dark or ?theme=light in the address sets the theme, whether the page is served or a file.
THEME_SCRIPT = (
    "const t=new URLSearchParams(location.search).get('theme');"
    "if(t==='dark'||t==='light')document.documentElement.dataset.theme=t")


def clock(seconds, with_date=True):
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return f"{time:%Y-%m-%d %H:%M:%S}" if with_date else f"{time:%H:%M:%S}"


def answers(boards, database, window, chosen):
    """The results of all panels' queries, which run in parallel: {id of the panel: Answer}."""
    with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
        waiting = {}
        for board in boards:
            variables = series.variables_for(board, window, chosen)
            for section in board.sections:
                for panel in section.panels:
                    waiting[id(panel)] = pool.submit(
                        series.ask, panel, database, window, variables)
        return {key: future.result() for key, future in waiting.items()}


def board_html(board, found, window):
    parts = [f'<section class="board" id="{board.uid}" aria-labelledby="{board.uid}-title">'
             f'<h2 id="{board.uid}-title">{escape(board.title)}</h2>']
    if board.description:
        parts.append(f'<p class="lead">{escape(board.description)}</p>')
    for section in board.sections:
        if section.title:
            parts.append(f"<h3>{escape(section.title)}</h3>")
        top = min(panel.y for panel in section.panels)
        parts.append('<div class="grid">')
        for panel in sorted(section.panels, key=lambda each: (each.y, each.x)):
            parts.append(panels.panel(panel, found[id(panel)], window, top))
        parts.append("</div>")
    parts.append("</section>")
    return "\n".join(parts)


def links(request):
    """What the reader of a served page can choose: the span and the theme."""
    if request is None:
        return ""
    spans = "".join(
        f'<a href="{escape(request.link(start=start))}"'
        f'{" aria-current=true" if request.start == start else ""}>{escape(text)}</a>'
        for text, start in SPANS)
    themes = "".join(
        f'<a href="{escape(request.link(theme=name))}"'
        f'{" aria-current=true" if request.theme == name else ""}>{name}</a>'
        for name in ("light", "dark"))
    return f'<span class="choice">{spans}</span><span class="choice">{themes}</span>'


def page(boards, database, window, chosen, theme_name="auto", request=None, refresh=0):
    """The page as text. `chosen` sets variables of the queries, `request` is that of a server."""
    found = answers(boards, database, window, chosen)
    here = " data-theme=" + theme_name if theme_name in ("light", "dark") else ""
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    tabs = "".join(f'<a href="#{board.uid}">{escape(board.title)}</a>' for board in boards)
    same_day = window.start // 86400 == window.end // 86400
    facts = [
        f"{clock(window.start)} – {clock(window.end, not same_day)} UTC",
        f"step {windows.duration(window.step)}",
        f"instance {chosen.get('instance') or 'all'}",
        database.name,
    ]
    told = "".join(f"<span>{escape(each)}</span>" for each in facts)
    content = "\n".join(board_html(board, found, window) for board in boards)
    return f"""<!DOCTYPE html>
<html lang="en"{here}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
{again}<title>Dashboards of {escape(database.name)}</title>
<style>
{theme.style_sheet()}</style>
<script>{THEME_SCRIPT}</script>
</head>
<body>
<header class="top">
<div class="line"><nav aria-label="Dashboards">{tabs}</nav>{links(request)}</div>
<p class="facts">{told}</p></header>
<main>
{content}
</main>
</body>
</html>
"""
