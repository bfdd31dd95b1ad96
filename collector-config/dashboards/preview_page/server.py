"""Serves the page live: each request draws it again."""

import html
import http.server
import re
import urllib.parse

from . import window as windows

PARAMETERS = ("from", "to", "step", "theme", "instance")
# The longest value that an address may set.
VALUE_LIMIT = 500


class Request:
    """What an address asks for. It replaces what the command line says."""

    def __init__(self, query, defaults):
        given = {key: values[-1] for key, values in query.items() if key in PARAMETERS}
        for key, value in given.items():
            if len(value) > VALUE_LIMIT:
                raise windows.WindowError(f"{key}: at most {VALUE_LIMIT} characters are possible")
        self.given = given
        self.start = given.get("from", defaults["from"])
        self.end = given.get("to", defaults["to"])
        self.step = given.get("step", defaults["step"])
        self.theme = given.get("theme", defaults["theme"])
        self.instance = given.get("instance", defaults["instance"])

    def link(self, start=None, theme=None):
        """The address of the same page with another start or theme."""
        chosen = dict(self.given)
        if start:
            chosen |= {"from": start}
            chosen.pop("to", None)
        if theme:
            chosen |= {"theme": theme}
        return "?" + urllib.parse.urlencode(chosen)


def make_server(host, port, render, defaults):
    """A server that answers with what `render` makes of a Request."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self):
            parts = urllib.parse.urlsplit(self.path)
            if parts.path not in ("/", "/index.html"):
                self.answer(404, "text/plain", "there is one page only: /\n")
                return
            try:
                request = Request(urllib.parse.parse_qs(parts.query), defaults)
                self.answer(200, "text/html", render(request))
            except windows.WindowError as error:
                self.answer(400, "text/html", f"<p>{html.escape(str(error))}</p>\n")

        do_HEAD = do_GET

        def answer(self, status, kind, text):
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            # Nothing is fetched from elsewhere, whatever the value of a label may contain.
            self.send_header("Content-Security-Policy", "default-src 'none'; img-src data:;"
                             " style-src 'unsafe-inline'; script-src 'unsafe-inline'")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            """Requests are not logged, since the pages are for a single person."""

    server = http.server.ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    return server


def address(text):
    """The host and the port of --listen."""
    match = re.fullmatch(r"\[?([^\[\]]+?)\]?:(\d{1,5})", text)
    if not match or int(match[2]) > 65535:
        raise windows.WindowError(f"'{text}': HOST:PORT such as 127.0.0.1:8080 is needed")
    return match[1], int(match[2])
