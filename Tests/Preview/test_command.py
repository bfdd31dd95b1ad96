import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

from fake_database import FakeDatabase, dashboard, panel
from support import FOLDER, Outline

# The longest that the command may take for anything here.
LIMIT_SECONDS = 60


class CommandTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.board = self.path / "board.json"
        self.board.write_text(json.dumps(dashboard(panel("stat", "up"))), encoding="utf-8")

    def command(self, *arguments):
        return [sys.executable, "-B", str(FOLDER / "preview"), *map(str, arguments)]

    def run_preview(self, *arguments):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True,
                              timeout=LIMIT_SECONDS, check=False)

    def test_page_is_written_to_the_file_that_is_named(self):
        output = self.path / "page.html"
        with FakeDatabase({"up": [({}, [3])]}) as database:
            done = self.run_preview("--database", database.address, "--from", "-5m", "--output",
                                    output, self.board)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(Outline(output.read_text(encoding="utf-8")).problems, [])

    def test_wrong_arguments_are_named(self):
        broken, other = self.path / "broken.json", self.path / "other.json"
        broken.write_text("{", encoding="utf-8")
        other.write_text("[]", encoding="utf-8")
        here = "http://127.0.0.1:1"
        for arguments, told in (
            (("--database", "8428", self.board), "'8428'"),
            (("--database", here, "--from", "often", self.board), "'often'"),
            (("--database", here, "--from", "-99999999999y", self.board), "'-99999999999y'"),
            (("--database", here, "--from", "-5000y", "--step", "1y", self.board), "'-5000y'"),
            (("--database", here, "--listen", "8080", self.board), "'8080'"),
            (("--database", here, broken), "broken.json"),
            (("--database", here, other), "other.json"),
            (("--database", here, self.path / "none.json"), "none.json"),
            ((), "--database"),
        ):
            done = self.run_preview(*arguments)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(told, done.stderr)
            self.assertNotIn("Traceback", done.stderr)

    def test_output_that_can_not_be_written_is_a_failure(self):
        with FakeDatabase() as database:
            done = self.run_preview("--database", database.address, "--output", self.path,
                                    self.board)
        self.assertEqual(done.returncode, 1)
        self.assertIn("can't be written", done.stderr)

    def test_served_page_follows_its_address_until_the_end(self):
        with FakeDatabase({"up": [({}, [3])]}) as database:
            with subprocess.Popen(
                    self.command("--database", database.address, "--listen", "127.0.0.1:0",
                                 self.board), stdout=subprocess.PIPE, text=True) as process:
                try:
                    address = process.stdout.readline().strip()
                    text = self.get(address + "?from=-1h&theme=dark&instance=n.*")
                    self.assertIn("data-theme=dark", text)
                    self.assertIn("instance n.*", text)
                    for path, status in (
                            ("?from=often", 400), ("?from=-99999999999y", 400),
                            ("?from=-5000y&step=1y", 400), ("?to=9999-12-31", 400),
                            ("?step=99999999999y", 400), ("other", 404)):
                        with self.assertRaises(urllib.error.HTTPError) as caught:
                            self.get(address + path)
                        self.assertEqual(caught.exception.code, status)
                        caught.exception.close()
                    process.send_signal(signal.SIGTERM)
                    self.assertEqual(process.wait(LIMIT_SECONDS), 0)
                finally:
                    process.kill()

    @staticmethod
    def get(address):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(address, timeout=LIMIT_SECONDS) as answer:
            return answer.read().decode()


if __name__ == "__main__":
    unittest.main()
