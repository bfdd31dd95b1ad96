"""A database with canned answers, on a free port of 127.0.0.1."""

import http.server
import json
import threading
import urllib.parse


class FakeDatabase:
    """`answers` maps a query to a list of (labels, value at each point) or to an error's text;
    what it does not know has no series. The queries that came are in `asked`."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.asked = []
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path, _, query = self.path.partition("?")
                self.answer(path, query)

            def do_POST(self):
                self.answer(
                    self.path, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def answer(self, path, query):
                fields = {key: value[0] for key, value in urllib.parse.parse_qs(query).items()}
                fake.asked.append((path, fields))
                status, document = fake.reply(path, fields)
                text = document if isinstance(document, bytes) else json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                """A test's output is for its failures."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def reply(self, path, fields):
        answer = self.answers.get(fields["query"], [])
        if isinstance(answer, bytes):
            return 200, answer
        if isinstance(answer, str):
            return 422, {"status": "error", "errorType": "execution", "error": answer}
        if path == "/api/v1/query":
            time = float(fields.get("time", 0))
            result = [{"metric": labels, "value": [time, str(values[-1])]}
                      for labels, values in answer if values]
            return 200, {"status": "success", "data": {"resultType": "vector", "result": result}}
        start, step = float(fields["start"]), float(fields["step"])
        result = [
            {"metric": labels, "values": [[start + index * step, str(value)]
                                          for index, value in enumerate(values)
                                          if value is not None]}
            for labels, values in answer]
        return 200, {"status": "success", "data": {"resultType": "matrix", "result": result}}


def dashboard(*panels, title="Board & <more>", uid="board", variables=()):
    """A dashboard's document; its panels stand below one another."""
    placed = [{"gridPos": {"x": 0, "y": index * 8, "w": 24, "h": 8}} | each
              for index, each in enumerate(panels)]
    return {"title": title, "uid": uid, "description": "What it is for.", "schemaVersion": 39,
            "templating": {"list": list(variables)}, "panels": placed}


def panel(kind="timeseries", *queries, title="Panel", instant=False, legend="", **more):
    targets = [{"expr": query, "legendFormat": legend, "refId": chr(ord("A") + index),
                "instant": instant} for index, query in enumerate(queries)]
    return {"type": kind, "title": title, "targets": targets} | more
