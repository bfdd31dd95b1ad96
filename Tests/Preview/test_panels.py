import unittest

from fake_database import FakeDatabase, dashboard, panel
from support import Outline, drawings, render

FLAT = [({"instance": "a"}, [5] * 7)]


class PanelTests(unittest.TestCase):
    def drawing(self, kind, values, defaults=None, **more):
        answers = {"up": [({"instance": "a"}, values)]}
        document = panel(kind, "up", fieldConfig={"defaults": defaults or {}}, **more)
        with FakeDatabase(answers) as database:
            return drawings(render([dashboard(document)], database.address))[0]

    def lines(self, drawing):
        return [each.get("d") for each in drawing.iter("path") if each.get("class") == "line"]

    def test_gap_interrupts_a_line_unless_it_is_to_be_spanned(self):
        values = [1, 2, None, None, None, 3, 4]
        self.assertEqual(len(self.lines(self.drawing("timeseries", values))), 2)
        spanned = self.drawing("timeseries", values, {"custom": {"spanNulls": True}})
        self.assertEqual(len(self.lines(spanned)), 1)

    def test_lonely_point_is_a_dot(self):
        drawing = self.drawing("timeseries", [None, None, 3, None, None, None, None])
        self.assertEqual(len(list(drawing.iter("circle"))), 1)

    def test_flat_line_and_zero_have_an_axis(self):
        for value in (0, 5, -5, 0.001, 1e12):
            drawing = self.drawing("timeseries", [value] * 7)
            self.assertEqual(len(self.lines(drawing)), 1, value)
            self.assertNotIn("nan", "".join(self.lines(drawing)))

    def test_infinite_values_leave_the_rest_visible(self):
        drawing = self.drawing("timeseries", [1, 2, "+Inf", 3, 2, 1, 2])
        self.assertNotIn("inf", "".join(self.lines(drawing)))

    def test_thresholds_are_lines_where_the_panel_says_so(self):
        steps = {"thresholds": {"steps": [{"value": None, "color": "green"},
                                          {"value": 3, "color": "red"}]}}
        shown = steps | {"custom": {"thresholdsStyle": {"mode": "dashed"}}}
        count = lambda drawing: sum(  # noqa: E731
            each.get("class") == "threshold" for each in drawing.iter("line"))
        self.assertEqual(count(self.drawing("timeseries", [1, 2, 3, 4, 5, 6, 7], steps)), 0)
        self.assertEqual(count(self.drawing("timeseries", [1, 2, 3, 4, 5, 6, 7], shown)), 1)

    def test_stat_has_the_colour_of_its_threshold_and_its_unit(self):
        defaults = {"unit": "ms", "thresholds": {"steps": [
            {"value": None, "color": "green"}, {"value": 1000, "color": "red"}]}}
        for value, shown, color in ((250, "250 ms", "--green"), (1500, "1.5 s", "--red")):
            text = next(each for each in self.drawing("stat", [value] * 7, defaults).iter("text")
                        if "value" in each.get("class"))
            self.assertEqual(text.text, shown)
            self.assertIn(color, text.get("style"))

    def test_stats_of_many_instances_stand_in_rows_and_the_rest_is_counted(self):
        for count, rows, told in ((1, 1, None), (3, 2, None), (40, 2, "+37")):
            many = [({"n": f"n{index}"}, [0.000704] * 7) for index in range(count)]
            with FakeDatabase({"up": many}) as database:
                document = panel("stat", "up", legend="{{n}}",
                                 gridPos={"x": 0, "y": 0, "w": 4, "h": 4})
                text = render([dashboard(document)], database.address)
            drawing = drawings(text)[0]
            tops = {each.get("transform").split()[-1] for each in drawing.iter("g")
                    if each.get("transform")}
            self.assertEqual(len(tops), rows, count)
            texts = [each.text for each in drawing.iter("text")]
            self.assertEqual(told in texts, told is not None, texts)

    def test_mapped_value_is_shown_as_its_text(self):
        defaults = {"mappings": [
            {"type": "value", "options": {"0": {"text": "never"}}}]}
        texts = [each.text for each in self.drawing("stat", [0] * 7, defaults).iter("text")]
        self.assertIn("never", texts)

    def test_bars_beyond_the_room_leave_out_the_smallest(self):
        many = [({"n": f"n{index}"}, [index]) for index in range(24)]
        with FakeDatabase({"up": many}) as database:
            document = panel("bargauge", "up", legend="{{n}}",
                             gridPos={"x": 0, "y": 0, "w": 12, "h": 5})
            text = render([dashboard(document)], database.address)
        names = [each.text for each in drawings(text)[0].iter("text")]
        self.assertIn("n23", names)
        self.assertNotIn("n0", names)
        self.assertTrue(any(name.endswith(" more") for name in names))

    def test_table_obeys_its_transformations(self):
        answers = {"up": [({"__name__": "up", "peer": "x", "job": "j"}, [1]),
                          ({"__name__": "up", "peer": "y", "job": "j"}, [-3])]}
        document = panel("table", "up", instant=True, transformations=[
            {"id": "sortBy", "options": {"sort": [{"field": "Value"}]}},
            {"id": "organize", "options": {
                "excludeByName": {"job": True}, "indexByName": {"Value": 0, "peer": 1},
                "renameByName": {"Value": "Score"}}}])
        with FakeDatabase(answers) as database:
            texts = Outline(render([dashboard(document)], database.address)).texts
        begin = texts.index("Score")
        self.assertEqual(texts[begin:begin + 6], ["Score", "peer", "−3", "y", "1", "x"])

    def test_panel_of_an_unknown_type_says_so(self):
        with FakeDatabase({"up": FLAT}) as database:
            text = render([dashboard(panel("heatmap", "up"))], database.address)
        self.assertIn("a panel of the type heatmap is not drawn here", Outline(text).texts)

    def test_override_renames_and_recolours_a_series(self):
        document = panel("timeseries", "up", legend="{{instance}}", fieldConfig={"overrides": [
            {"matcher": {"id": "byName", "options": "a"}, "properties": [
                {"id": "displayName", "value": "first"},
                {"id": "color", "value": {"mode": "fixed", "fixedColor": "dark-red"}}]}]})
        with FakeDatabase({"up": FLAT}) as database:
            text = render([dashboard(document)], database.address)
        self.assertIn("first", Outline(text).texts)
        self.assertIn("stroke:var(--red)", text)


if __name__ == "__main__":
    unittest.main()
