import os
import subprocess
import unittest

from support import LIMIT_SECONDS, ROOT, ScriptTestCase

FOLDERS = ("scripts", "scripts/lib", "collector-config", "collector-config/dashboards")
WIDTH = 100


class HelpTests(ScriptTestCase):
    def test_every_program_explains_itself_within_the_width_of_the_house(self):
        programs = [each for folder in FOLDERS for each in sorted((ROOT / folder).iterdir())
                    if each.is_file() and os.access(each, os.X_OK)]
        self.assertGreaterEqual(len(programs), 14)
        for each in programs:
            with self.subTest(each.name):
                done = subprocess.run(
                    [str(each), "--help"], text=True, check=False, stdin=subprocess.DEVNULL,
                    capture_output=True, timeout=LIMIT_SECONDS,
                    env=self.environment(PYTHONDONTWRITEBYTECODE="1", COLUMNS=WIDTH))
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("usage: ", done.stdout)
                self.assertIn(each.name, done.stdout)
                wide = [line for line in done.stdout.splitlines() if len(line) > WIDTH]
                self.assertEqual(wide, [])


if __name__ == "__main__":
    unittest.main()
