"""Queries a database with Prometheus' HTTP API for series."""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request

# The longest that a query may take, and the largest answer that is read.
QUERY_LIMIT_SECONDS = 20
ANSWER_LIMIT_BYTES = 64 << 20


class QueryError(Exception):
    """Why the database refused a query, or did not answer."""


class Database:
    """Queries a database. Safe to use from several threads."""

    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"'{address}': an address such as http://127.0.0.1:8428 is needed")
        self.address = address.rstrip("/")
        # The name for people, without the password that an address may contain.
        self.name = parts.netloc.rpartition("@")[2] + parts.path.rstrip("/")
        # Don't use a proxy from the environment: the address is to be used as it is.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def over(self, expr, window):
        """Series over a window as (labels, [(time, value)…]), in the database's order."""
        result = self.ask("query_range", {
            "query": expr, "start": window.start, "end": window.end, "step": window.step})
        return [(each["metric"], [(float(time), float(value)) for time, value in each["values"]])
                for each in result if "values" in each]

    def at(self, expr, time):
        """Series at one time as (labels, value)."""
        result = self.ask("query", {"query": expr, "time": time})
        return [(each["metric"], float(each["value"][1])) for each in result if "value" in each]

    def ask(self, what, parameters):
        # The query is in the body, since it may be longer than a server allows for an address.
        body = urllib.parse.urlencode(parameters).encode()
        request = urllib.request.Request(f"{self.address}/api/v1/{what}", data=body)
        try:
            with self.opener.open(request, timeout=QUERY_LIMIT_SECONDS) as answer:
                document = json.loads(answer.read(ANSWER_LIMIT_BYTES))
        except urllib.error.HTTPError as error:
            raise QueryError(self.complaint(error)) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"{self.name} does not answer: {reason}") from None
        except ValueError as error:
            raise QueryError(f"{self.name} does not answer in JSON: {error}") from None
        try:
            return self.result(document)
        except (TypeError, KeyError, AttributeError) as error:
            raise QueryError(f"{self.name} answers in an unknown form: {error!r}") from None

    @staticmethod
    def result(document):
        if document["status"] != "success":
            raise QueryError(str(document.get("error") or "the query failed without a reason"))
        data = document["data"]
        if data["resultType"] in ("scalar", "string"):
            return [{"metric": {}, "value": data["result"]}]
        return data["result"]

    @staticmethod
    def complaint(error):
        """The reason in the body of a refusal."""
        try:
            text = error.read(65_536).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            text = ""
        try:
            document = json.loads(text)
            return str(document["error"])
        except (ValueError, KeyError, TypeError):
            return f"HTTP {error.code}: {text.strip()[:500] or error.reason}"
