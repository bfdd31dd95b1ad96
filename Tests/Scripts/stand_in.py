"""Stands in for each program that scripts/demo starts or asks, by the name that it is called with.

It says what the scripts want to hear of a usable program, or listens where it is told to and
answers every request as a database with one series. Its process id is in a file beside it,
NAME.pid.
"""

import http.server
import os
import pathlib
import sys

HERE = pathlib.Path(sys.argv[0]).parent
NAME = pathlib.Path(sys.argv[0]).name
ANSWER = b'{"status": "success", "data": {"resultType": "vector", "result": [{}]}}'
# What it is asked, and what it says then.
INTRODUCTIONS = {
    ("otelcol", "--version"): "otelcol version 0.152.0",
    ("otelcol", "validate"): "",
    ("prometheus", "--version"): "prometheus, version 2.42.0",
    ("victoria-metrics", "-help"): "victoria-metrics -opentelemetry.usePrometheusNaming",
    ("swift", "--show-bin-path"): str(HERE),
    ("swift", "build"): "",
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    do_POST = do_GET

    def log_message(self, *_):
        """What a test prints is for its failures."""


def port():
    """The port that this program is told to listen on; the node has any."""
    told = [os.environ.get("OTELCOL_HTTP_ENDPOINT") or ""] + sys.argv
    for each in told:
        name, _, value = each.rpartition("=")
        if name in ("", "-httpListenAddr", "--web.listen-address") and ":" in value:
            return int(value.rpartition(":")[2])
    return 0


def main():
    for (name, asked), answer in INTRODUCTIONS.items():
        if name == NAME and asked in sys.argv:
            print(answer)
            return
    with http.server.ThreadingHTTPServer(("127.0.0.1", port()), Handler) as server:
        if NAME == "rpp-node":
            print(f"rpc listening on 127.0.0.1:{server.server_address[1]}", flush=True)
        (HERE / f"{NAME}.pid").write_text(str(os.getpid()), encoding="utf-8")
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()
