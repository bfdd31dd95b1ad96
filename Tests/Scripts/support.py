"""What the tests of the scripts share: how one is run, and the stand-ins for other programs."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# The preview's tests have a database with canned answers.
sys.path.append(str(HERE.parent / "Preview"))

# A program that runs in the background may have been started with these ignored or blocked. The
# scripts inherit that, and bash can't set a trap for a signal that it was told to ignore.
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
for each in SIGNALS:
    if signal.getsignal(each) is signal.SIG_IGN:
        signal.signal(each, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

# The longest that a script may take for anything here.
LIMIT_SECONDS = 60


class ScriptTestCase(unittest.TestCase):
    """Has a folder of its own, in which programs can be put that stand in for others."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.programs = self.folder / "programs"
        self.programs.mkdir()

    def environment(self, **more):
        """This process's, with the folder's programs before all others; None takes one away."""
        found = os.environ | {"PATH": f"{self.programs}:{os.environ['PATH']}"} | more
        return {name: str(value) for name, value in found.items() if value is not None}

    def put_program(self, name, text):
        """Puts a program into the folder; `text` is Python's."""
        path = self.programs / name
        path.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
        path.chmod(0o755)
        return path

    def run_script(self, name, *arguments, **environment):
        return subprocess.run(
            [str(ROOT / "scripts" / name), *map(str, arguments)], text=True, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_SECONDS,
            env=self.environment(**environment))

    def assert_refused(self, done, status, *told):
        """It ended with this status, and said each of the texts on standard error only."""
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn("error: ", done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        for each in told:
            self.assertIn(each, done.stderr)
