import os
import pathlib
import signal
import subprocess
import unittest

from support import HERE, LIMIT_SECONDS, ROOT, ScriptTestCase

NAMES = ("swift", "otelcol", "prometheus", "victoria-metrics", "rpp-node")


class DemoArgumentsTests(ScriptTestCase):
    def test_wrong_arguments_are_named(self):
        for arguments, told in (
            (["--often"], "'--often'"),
            (["--seconds"], "--seconds ''"),
            (["--seconds", "2"], "--seconds '2'"),
            (["--keep"], "--keep needs"),
            (["--database-port", "8428"], "--with-database"),
            (["--with-database", "--database-port"], "--database-port ''"),
            (["--with-database", "--database-port", "80"], "'80'"),
            (["--with-database", "--seconds", "86401"], "'86401'"),
            (["--with-database", "--no-collector"], "--no-collector"),
            (["--with-database", "--late-collector", "3"], "--late-collector"),
        ):
            with self.subTest(arguments):
                self.assert_refused(self.run_script("demo", *arguments), 2, told)


class DemoWithDatabaseTests(ScriptTestCase):
    """The run that goes on, with stand-ins for all programs but the page's."""

    def setUp(self):
        super().setUp()
        text = (HERE / "stand_in.py").read_text(encoding="utf-8")
        paths = {name: self.put_program(name, text) for name in NAMES}
        self.variables = {
            "OTELCOL": paths["otelcol"], "PROMETHEUS": paths["prometheus"],
            "VICTORIA_METRICS": paths["victoria-metrics"], "TMPDIR": self.folder}

    def started(self):
        """The demo, when it has printed its addresses."""
        said = open(self.folder / "said", "w+", encoding="utf-8")  # noqa: SIM115
        self.addCleanup(said.close)
        demo = subprocess.Popen(
            [str(ROOT / "scripts" / "demo"), "--with-database"], text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
            env=self.environment(**self.variables))
        self.addCleanup(self.end, demo)
        for line in demo.stdout:
            if "Ctrl-C ends everything" in line:
                return demo, said
        self.fail(f"the demo ended with status {demo.wait()}: {self.text(said)}")

    @staticmethod
    def end(demo):
        # It ends what it started, which a SIGKILL would not let it.
        demo.terminate()
        try:
            demo.wait(LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            demo.kill()
            demo.wait()
        demo.stdout.close()

    @staticmethod
    def text(file):
        file.seek(0)
        return file.read()

    def pid_of(self, name):
        return int((self.programs / f"{name}.pid").read_text(encoding="utf-8"))

    @staticmethod
    def pid_of_page(demo):
        """The child that serves the page."""
        children = pathlib.Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text()
        return next(int(each) for each in children.split()
                    if b"dashboards/preview" in pathlib.Path(f"/proc/{each}/cmdline").read_bytes())

    def test_run_ends_when_a_part_of_it_has_ended(self):
        for pid_of, told in ((lambda demo: self.pid_of("prometheus"), "Prometheus"),
                             (self.pid_of_page, "the server of the page")):
            with self.subTest(told):
                demo, said = self.started()
                os.kill(pid_of(demo), signal.SIGKILL)
                self.assertEqual(demo.wait(LIMIT_SECONDS), 1, self.text(said))
                self.assertIn(f"{told} ended before the node", self.text(said))
                self.assertEqual([each for each in self.folder.iterdir() if each.is_dir()],
                                 [self.programs])

    def test_signal_ends_all_parts_in_order(self):
        demo, said = self.started()
        pids = [self.pid_of(name) for name in NAMES[1:]] + [self.pid_of_page(demo)]
        demo.send_signal(signal.SIGTERM)
        self.assertEqual(demo.wait(LIMIT_SECONDS), 0, self.text(said))
        self.assertIn("stopping the node", self.text(said))
        for pid in pids:
            self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())


class AwaitEndTests(ScriptTestCase):
    """The wait of that run by itself, with children that go on for ever."""

    PRELUDE = r"""
        set -euo pipefail
        source "$ROOT/scripts/lib/common.sh"
        source "$ROOT/scripts/lib/local-collector.sh"
        source "$ROOT/scripts/lib/demo-database.sh"
        make_temporary_folder
        work="$folder"
        open_lifeline "$work"
        for name in collector database prometheus page; do echo "of $name" >"$work/$name.log"; done
        start_child cat; collector="$child"
        start_child cat; database="$child"
        scraper="" page_server=""
        start_child cat; pid="$child"
        """

    def run_lines(self, lines):
        return subprocess.run(
            ["bash", "-c", self.PRELUDE + lines, "demo"], text=True, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_SECONDS,
            env=self.environment(ROOT=ROOT))

    def test_signal_just_before_the_wait_is_not_lost(self):
        for name in ("TERM", "INT", "HUP"):
            done = self.run_lines(f"""
                wait() {{ [[ $stopping == yes ]] || kill -{name} $$; builtin wait "$@"; }}
                end_on_signal; await_end "$pid"
                echo "status $node_status" """)
            self.assertEqual((done.returncode, done.stdout), (0, "status 0\n"), done.stderr)
            self.assertIn("stopping the node", done.stderr)

    def test_signal_between_the_addresses_and_the_wait_is_not_lost(self):
        done = self.run_lines("""
            end_on_signal
            kill -TERM $$
            await_end "$pid"
            echo "status $node_status" """)
        self.assertEqual((done.returncode, done.stdout), (0, "status 0\n"), done.stderr)

    def test_part_that_ended_before_the_wait_is_noticed(self):
        for variable, told, log in (
            ("collector", "the collector", "of collector"),
            ("database", "VictoriaMetrics", "of database"),
            ("scraper", "Prometheus", "of prometheus"),
            ("page_server", "the server of the page", "of page"),
        ):
            done = self.run_lines(f"""
                start_child false; {variable}="$child"
                wait "${variable}" || true
                end_on_signal; await_end "$pid" """)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(f"{told} ended before the node, with status 1", done.stderr)
            self.assertIn(log, done.stderr)

    def test_part_that_ends_during_the_wait_is_noticed(self):
        for variable in ("collector", "database", "page_server"):
            done = self.run_lines(f"""
                start_child cat; {variable}="$child"
                wait() {{ kill -KILL "${variable}" 2>/dev/null || true; builtin wait "$@"; }}
                end_on_signal; await_end "$pid" """)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("ended before the node, with status 137", done.stderr)

    def test_status_of_the_node_is_told_even_if_it_ended_before_the_wait(self):
        for lines in ('start_child false; pid="$child"',
                      'start_child false; pid="$child"; wait "$pid" || true'):
            done = self.run_lines(f"""
                {lines}
                end_on_signal; await_end "$pid"
                echo "status $node_status" """)
            self.assertEqual((done.returncode, done.stdout), (0, "status 1\n"), done.stderr)


if __name__ == "__main__":
    unittest.main()
