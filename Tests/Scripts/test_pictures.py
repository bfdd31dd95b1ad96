import json
import pathlib
import unittest

from support import ROOT, ScriptTestCase
from fake_database import FakeDatabase

BOARDS = sorted(each.stem for each in
                (ROOT / "collector-config" / "dashboards").glob("*.json"))
# A picture of four by four pixels.
DRAWN = (
    "89504e470d0a1a0a0000000d4948445200000004000000040802000000269309290000001849444154789c63606462"
    "462020668001260624009282730005f90029da2912390000000049454e44ae426082")
# A Chromium that takes every page for 900 pixels high, and draws what DRAWN says.
BROWSER = """
import os, sys
for each in sys.argv:
    if each == "--dump-dom":
        print("<html><title>height 900</title></html>")
    if each.startswith("--screenshot="):
        with open(each.partition("=")[2], "wb") as file:
            file.write(bytes.fromhex(os.environ["DRAWN"]))
"""


class AnyDatabase(FakeDatabase):
    """Answers every query with one series, or as it is told to by `answer_to`."""

    def __init__(self, answer_to=lambda query: None):
        super().__init__()
        self.answer_to = answer_to

    def reply(self, path, fields):
        wanted = self.answer_to(fields["query"])
        self.answers = {fields["query"]: [({}, [1, 2])] if wanted is None else wanted}
        return super().reply(path, fields)


class PicturesTests(ScriptTestCase):
    def setUp(self):
        super().setUp()
        self.browser = self.put_program("browser", BROWSER)
        self.output = self.folder / "pictures"
        self.output.mkdir()
        for board in BOARDS:
            for theme in ("light", "dark"):
                (self.output / f"{board}-{theme}.png").write_text("as it was", encoding="utf-8")

    def pictures(self, *arguments, **environment):
        return self.run_script("pictures", *arguments, **(
            {"CHROMIUM": self.browser, "DRAWN": DRAWN, "TMPDIR": self.folder} | environment))

    def drawn(self):
        """The names of the pictures that are new; nothing else may be in the folders."""
        self.assertEqual(sorted(each.name for each in self.folder.iterdir()),
                         ["pictures", "programs"])
        self.assertEqual(len(list(self.output.iterdir())), 2 * len(BOARDS))
        return sorted(each.name for each in self.output.iterdir()
                      if each.read_bytes() != b"as it was")

    def test_wrong_arguments_are_named(self):
        here = "http://127.0.0.1:9"
        for arguments, told in (
            ([], "--database needs"),
            (["--database"], "--database needs"),
            (["--database", ""], "--database needs"),
            (["--database", here, "--from"], "--from needs"),
            (["--database", here, "--output"], "--output needs"),
            (["--database", here, "--often"], "'--often'"),
            (["--database", here, "none"], "'none'"),
            (["--database", here, "../dashboards/runtime"], "'../dashboards/runtime'"),
            (["--database", "8428"], "'8428'"),
            (["--database", "http://[:1"], "'http://[:1'"),
        ):
            with self.subTest(arguments):
                self.assert_refused(self.pictures(*arguments), 2, told)
        with AnyDatabase() as database:
            done = self.pictures("--database", database.address, "--output", self.output,
                                 "--from", "often")
        self.assertEqual(done.returncode, 2)
        self.assertIn("'often'", done.stderr)
        self.assertEqual(self.drawn(), [])

    def test_what_is_missing_is_named_and_how_to_get_it(self):
        # Bash and what it calls, but neither Python nor Chromium.
        for tool in ("bash", "env", "dirname", "basename", "mktemp", "rm", "cat"):
            path = next(each for each in (pathlib.Path("/bin"), pathlib.Path("/usr/bin"))
                        if (each / tool).exists())
            (self.programs / tool).symlink_to(path / tool)
        self.put_program("python3", "")
        for name, value, told in (
            ("CHROMIUM", None, "install the package chromium"),
            ("CHROMIUM", "no-such-browser", "CHROMIUM=no-such-browser: there is no such program"),
        ):
            done = self.pictures("--database", "http://127.0.0.1:9",
                                 **{name: value, "PATH": self.programs})
            self.assert_refused(done, 2, told)

    def test_dead_database_changes_nothing(self):
        with FakeDatabase() as database:
            address = database.address
        done = self.pictures("--database", address, "--output", self.output)
        self.assert_refused(done, 1, f"'{address}'", "scripts/demo --with-database")
        self.assertEqual(self.drawn(), [])

    def test_server_that_is_no_database_changes_nothing(self):
        with AnyDatabase(lambda query: b"<html>") as server:
            done = self.pictures("--database", server.address, "--output", self.output)
        self.assert_refused(done, 1, f"'{server.address}'")
        self.assertEqual(self.drawn(), [])

    def test_failed_query_changes_nothing_not_even_what_was_good(self):
        board = ROOT / "collector-config" / "dashboards" / "runtime.json"
        panels = json.loads(board.read_text(encoding="utf-8"))["panels"]
        bad = next(each["targets"][0]["expr"] for each in panels if each.get("targets"))
        start = bad.partition("$")[0]
        self.assertGreater(len(start), 8, bad)
        with AnyDatabase(lambda query: "too busy" if query.startswith(start) else None) as database:
            done = self.pictures("--database", database.address, "--output", self.output,
                                 "consensus", "runtime")
        self.assert_refused(done, 1, "runtime:", "too busy")
        self.assertEqual(self.drawn(), [])

    def test_database_without_a_run_changes_nothing(self):
        with AnyDatabase(lambda query: None if query == "vector(1)" else []) as database:
            done = self.pictures("--database", database.address, "--output", self.output)
        self.assert_refused(done, 1, "no panel has data")
        self.assertEqual(self.drawn(), [])

    def test_browser_that_draws_nothing_changes_nothing(self):
        with AnyDatabase() as database:
            for drawn in ("", "3c68746d6c3e"):
                done = self.pictures("--database", database.address, "--output", self.output,
                                     "runtime", DRAWN=drawn)
                self.assert_refused(done, 1, "no picture of runtime")
                self.assertEqual(self.drawn(), [])

    def test_all_dashboards_are_drawn_in_both_themes(self):
        with AnyDatabase() as database:
            done = self.pictures("--database", database.address + "/", "--output", self.output)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertGreaterEqual(len(BOARDS), 5)
        self.assertEqual(self.drawn(), sorted(
            f"{board}-{theme}.png" for board in BOARDS for theme in ("light", "dark")))


if __name__ == "__main__":
    unittest.main()
