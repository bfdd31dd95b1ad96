import math
import unittest

from support import FOLDER  # noqa: F401 # It makes the modules importable.
from preview_page import scales, theme, units, window


class UnitTests(unittest.TestCase):
    def test_values_read_as_people_write_them(self):
        cases = (
            (0, "short", "0"), (1234, "short", "1.23 k"), (-0.0, "short", "0"),
            (12, "none", "12"), (123456, "none", "123456"), (0.5, "percentunit", "50 %"),
            (12.34, "percent", "12.3 %"), (1500, "ms", "1.5 s"), (0.25, "ms", "250 µs"),
            (90, "s", "1.5 min"), (999.9999999, "ms", "1 s"), (1024, "bytes", "1 KiB"),
            (1500, "Bps", "1.5 kB/s"), (2.5, "ops", "2.5 ops/s"), (-95.17, "short", "−95.2"),
            (0.000123, "short", "0.000123"), (math.nan, "short", "–"), (None, "ms", "–"),
            (0.9996, "s", "1 s"), (0.9994, "s", "999 ms"), (999_600, "short", "1 M"),
            (math.inf, "ms", "∞"), (3, "suffix:blocks", "3 blocks"), (7, "unheard-of", "7"),
        )
        for value, unit, text in cases:
            self.assertEqual(units.format_value(value, unit), text, (value, unit))

    def test_axis_has_one_unit_and_as_many_digits_as_needed(self):
        self.assertEqual(units.axis_labels([0, 500, 1000, 1500], "ms"),
                         ["0", "0.5 s", "1.0 s", "1.5 s"])
        self.assertEqual(units.axis_labels([0, 0.25, 0.5], "percentunit"), ["0", "25 %", "50 %"])
        self.assertEqual(units.axis_labels([0], "bytes"), ["0"])


class ScaleTests(unittest.TestCase):
    def test_ticks_are_round_numbers_around_the_values(self):
        for values in ([0.3, 9.7], [0], [-95, 2.1], [1000001, 1000003], [1e-9, 3e-9], [5, 5]):
            scale = scales.ValueScale(values, "short", 5)
            self.assertLessEqual(scale.low, min(values))
            self.assertGreaterEqual(scale.high, max(values))
            self.assertGreaterEqual(len(scale.ticks), 2, values)
            self.assertLessEqual(len(scale.ticks), 9, values)

    def test_whole_numbers_have_whole_ticks(self):
        for high in range(1, 30):
            ticks = scales.ValueScale([0, high], "short", 5).ticks
            self.assertTrue(all(tick.is_integer() for tick in ticks), ticks)

    def test_rates_begin_at_zero_and_levels_far_from_it_do_not(self):
        self.assertEqual(scales.ValueScale([98, 102], "ops", 5, with_zero=True).low, 0)
        self.assertGreater(scales.ValueScale([98, 102], "short", 5).low, 0)

    def test_noise_of_arithmetic_is_a_flat_line(self):
        scale = scales.ValueScale([63078.4, 63078.4 * (1 + 1e-12)], "bytes", 5)
        self.assertGreater(scale.high - scale.low, 1000)
        # Whole numbers have none: blocks are counted one by one.
        scale = scales.ValueScale([5_000_000, 5_000_001], "none", 5)
        self.assertLess(scale.high - scale.low, 10)

    def test_limits_of_the_panel_hold(self):
        scale = scales.ValueScale([0.2, 7], "percentunit", 5, low=0, high=1)
        self.assertEqual((scale.low, scale.high), (0, 1))
        self.assertEqual(scale.position(7, 100), 0)

    def test_times_have_labels_of_their_distance(self):
        start = 1_800_000_000
        labels = [label for _, label in scales.time_ticks(start, start + 900, 6)]
        self.assertEqual(labels, ["08:00", "08:05", "08:10", "08:15"])
        days = [label for _, label in scales.time_ticks(start, start + 7 * 86400, 7)]
        self.assertEqual(days[0], "16 Jan")
        self.assertEqual(len(scales.time_ticks(start, start, 6)), 1)


class WindowTests(unittest.TestCase):
    def test_times_are_relative_or_absolute(self):
        for text, expected in (("now", 1000), ("-15m", 100), ("now-1m30s", 910),
                               ("1800000000", 1800000000), ("1970-01-01T00:01:00", 60)):
            self.assertEqual(window.moment(text, 1000), expected, text)

    def test_nonsense_is_refused_with_what_would_be_right(self):
        for arguments in (("yesterday", "now", "auto", "15s"), ("now", "-15m", "auto", "15s"),
                          ("-15m", "now", "0s", "15s"), ("-1d", "now", "1s", "15s"),
                          ("-15m", "now", "auto", "often"), ("", "now", "auto", "15s")):
            with self.assertRaises(window.WindowError, msg=arguments):
                window.make_window(*arguments, now=2_000_000)

    def test_times_and_durations_have_bounds(self):
        far = ("-99999999999y", "now-5000y", "-9999w", "1969-12-31T23:59:59", "9999-12-31",
               "0001-01-01T00:00:00+23:59", "-" + "9" * 400 + "ms", "-" + "1y" * 200)
        for text in far:
            with self.assertRaises(window.WindowError, msg=text) as caught:
                window.moment(text, 1_800_000_000)
            self.assertIn(text[-20:], str(caught.exception))
        for step, interval in (("99999999999y", "15s"), ("auto", "9" * 400 + "y"),
                               ("auto", "101y"), ("9" * 5000 + "s", "15s")):
            with self.assertRaises(window.WindowError, msg=(step, interval)):
                window.make_window("-15m", "now", step, interval, now=1_800_000_000)
        self.assertEqual(window.moment("1970-01-01", 1_800_000_000), 0)
        self.assertEqual(window.moment("99999999999", 0), window.LATEST_SECONDS)

    def test_widest_window_has_few_ticks_and_their_years(self):
        made = window.make_window("1970-01-01", "99999999999", "auto", "15s", now=1_800_000_000)
        ticks = scales.time_ticks(made.start, made.end, 10)
        self.assertTrue(5 <= len(ticks) <= 11, len(ticks))
        self.assertEqual(len({label for _, label in ticks}), len(ticks))

    def test_step_suits_the_span_and_the_interval(self):
        for span, interval, step in (("-5m", "1s", 2), ("-15m", "15s", 15), ("-24h", "15s", 600)):
            made = window.make_window(span, "now", "auto", interval, now=1_800_000_123)
            self.assertEqual(made.step, step)
            self.assertEqual(made.start % step, 0)

    def test_rates_reach_over_four_samples(self):
        self.assertEqual(window.Window(0, 60, 10, 15).rate_interval, 60)
        self.assertEqual(window.Window(0, 6000, 600, 15).rate_interval, 615)


class ThemeTests(unittest.TestCase):
    @staticmethod
    def contrast(first, second):
        def light(color):
            parts = [int(color[index:index + 2], 16) / 255 for index in (1, 3, 5)]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                      for part in parts]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        low, high = sorted((light(first), light(second)))
        return (high + 0.05) / (low + 0.05)

    def test_text_stands_out_by_four_and_a_half_and_lines_by_three(self):
        for mode, surfaces in theme.SURFACES.items():
            texts = theme.NAMED[mode] | {
                name: surfaces[name] for name in ("text", "muted", "accent")}
            for ground in ("page", "panel"):
                for name, color in texts.items():
                    self.assertGreaterEqual(
                        self.contrast(color, surfaces[ground]), 4.5, (mode, name, ground))
            for color in theme.PALETTE[mode]:
                self.assertGreaterEqual(self.contrast(color, surfaces["panel"]), 3, (mode, color))

    def test_colours_of_grafana_are_known(self):
        self.assertEqual(theme.named_color("semi-dark-green"), "var(--green)")
        self.assertEqual(theme.named_color("#F2495C"), "#F2495C")
        for bad in ("mauve", "#12", "#12345g", None, "red;background:x"):
            self.assertIsNone(theme.named_color(bad))


if __name__ == "__main__":
    unittest.main()
