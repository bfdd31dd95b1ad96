"""What the tests share: the modules under test, and a page made of documents."""

import html.parser
import json
import pathlib
import sys
import tempfile
import xml.etree.ElementTree

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "collector-config" / "dashboards"
sys.path.insert(0, str(FOLDER))

from preview_page import dashboard, database, page, window  # noqa: E402

# Elements of HTML that have no end.
VOID = {"meta", "link", "br", "hr", "img", "input"}
# A minute in steps of ten seconds.
WINDOW = window.Window(1_800_000_000, 1_800_000_060, 10, 10)


def board(document):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "board.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return dashboard.read_dashboard(path)


def render(documents, address, chosen=None, **more):
    return page.page([board(each) for each in documents], database.Database(address), WINDOW,
                     chosen or {}, **more)


class Outline(html.parser.HTMLParser):
    """Reads a page: whether its elements are closed in order, and their text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.elements, self.texts = [], [], [], []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, text):
        if text.strip() and self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(text.strip())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def drawings(text):
    """The SVG of a page, each read as XML."""
    parts = text.split("<svg")[1:]
    return [xml.etree.ElementTree.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")
            for part in parts]
