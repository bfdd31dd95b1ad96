import unittest

from fake_database import FakeDatabase, dashboard, panel
from support import Outline, drawings, render

TWO = [({"instance": "a"}, [1, 2, 3, 4, 5, 6, 7]), ({"instance": "b"}, [7, 6, None, 4, 3, 2, 1])]


class PageTests(unittest.TestCase):
    def page_of(self, *panels, answers=None, **more):
        with FakeDatabase(answers) as database:
            self.asked = database.asked
            return render([dashboard(*panels)], database.address, **more)

    def test_page_is_well_formed_and_shows_every_panel(self):
        panels = [panel(kind, "up", title=f"{kind} <&\">", legend="{{instance}}")
                  for kind in ("timeseries", "stat", "bargauge", "table")]
        text = self.page_of(*panels, answers={"up": TWO})
        outline = Outline(text)
        self.assertEqual(outline.problems, [])
        for each in panels:
            self.assertIn(each["title"], outline.texts)
        self.assertEqual(len(drawings(text)), 3)
        self.assertEqual(len(outline.all("table")), 1)
        self.assertIn("Board & <more>", outline.texts)

    def test_drawings_have_a_name_and_a_title_for_each_series(self):
        text = self.page_of(panel("timeseries", "up", legend="{{instance}}", title="Load"),
                            answers={"up": TWO})
        drawing = drawings(text)[0]
        titles = [each.text for each in drawing.iter("title")]
        self.assertEqual(titles[0], "Load")
        self.assertEqual(sorted(titles[1:]), ["a: 7", "b: 1"])
        self.assertEqual(drawing.get("role"), "img")

    def test_nothing_is_fetched_from_anywhere(self):
        text = self.page_of(panel("timeseries", "up"), answers={"up": TWO})
        for attributes in [each for _, each in Outline(text).elements]:
            for name in ("src", "href", "action", "data", "srcset", "poster"):
                value = attributes.get(name) or "#"
                self.assertTrue(value.startswith(("#", "data:", "?")), value)
        for word in ("http://", "https://", "@import", "url("):
            self.assertNotIn(word, text)

    def test_empty_panel_says_no_data_or_what_its_author_says(self):
        text = self.page_of(
            panel("timeseries", "nothing", title="One"),
            panel("stat", "nothing", title="Two",
                  fieldConfig={"defaults": {"noValue": "none has failed"}}))
        texts = Outline(text).texts
        self.assertIn("no data", texts)
        self.assertIn("none has failed", texts)

    def test_failed_query_is_shown_with_its_reason_beside_good_panels(self):
        text = self.page_of(panel("timeseries", "rate(up", title="Bad"),
                            panel("stat", "up", title="Good"),
                            answers={"rate(up": "parse error: <unclosed>", "up": TWO[:1]})
        texts = Outline(text).texts
        self.assertIn("parse error: <unclosed>", texts)
        self.assertIn("rate(up", texts)
        self.assertEqual(len(drawings(text)), 1)

    def test_answer_that_is_no_json_is_an_error_of_its_panel(self):
        text = self.page_of(panel("stat", "up"), panel("stat", "odd"),
                            answers={"up": b"<html>", "odd": b'{"status": "success"}'})
        told = " ".join(Outline(text).texts)
        self.assertIn("does not answer in JSON", told)
        self.assertIn("answers in an unknown form", told)

    def test_database_that_is_gone_is_an_error_of_every_panel(self):
        with FakeDatabase() as database:
            address = database.address
        text = render([dashboard(panel("stat", "up"), panel("table", "up"))], address)
        self.assertEqual(text.count("does not answer"), 2)

    def test_labels_can_not_become_markup(self):
        evil = "</title><script>alert(1)</script>\"'"
        answers = {"up": [({"instance": evil}, [1] * 7)]}
        for kind in ("timeseries", "stat", "bargauge", "table"):
            text = self.page_of(panel(kind, "up", legend="{{instance}}"), answers=answers)
            self.assertEqual(Outline(text).problems, [], kind)
            self.assertNotIn("<script>alert", text)

    def test_variables_are_filled_in(self):
        query = 'sum(rate(x{instance=~"$instance",job=~"${job:regex}"}[$__rate_interval]))'
        variables = ({"name": "instance", "current": {"value": ["$__all"]}, "allValue": ".*"},
                     {"name": "job", "current": {"value": ["a", "b"]}})
        with FakeDatabase() as database:
            document = dashboard(panel("timeseries", query), variables=variables)
            render([document], database.address)
            render([document], database.address, {"instance": "node-.*"})
            asked = [fields["query"] for _, fields in database.asked]
        self.assertEqual(asked, [
            'sum(rate(x{instance=~".*",job=~"a|b"}[40s]))',
            'sum(rate(x{instance=~"node-.*",job=~"a|b"}[40s]))'])

    def test_instant_targets_are_asked_at_the_end(self):
        self.page_of(panel("table", "up", instant=True), answers={"up": TWO})
        path, fields = self.asked[0]
        self.assertEqual((path, fields["time"]), ("/api/v1/query", "1800000060"))

    def test_series_beyond_the_limit_are_told_as_a_number(self):
        many = [({"n": str(index)}, [1] * 7) for index in range(30)]
        text = self.page_of(panel("timeseries", "up", legend="{{n}}"), answers={"up": many})
        self.assertIn("and 6 more", Outline(text).texts)

    def test_swatch_of_a_dashed_line_is_dashed(self):
        many = [({"n": f"n{index}"}, [index] * 7) for index in range(18)]
        for style, placement, dashed in (("line", "bottom", 8), ("line", "right", 8),
                                         ("bars", "bottom", 0), ("points", "bottom", 0)):
            document = panel(
                "timeseries", "up", legend="{{n}}", options={"legend": {"placement": placement}},
                fieldConfig={"defaults": {"custom": {"drawStyle": style}}})
            text = self.page_of(document, answers={"up": many})
            swatches = [each["class"].split() for each in Outline(text).all("span")
                        if "swatch" in each.get("class", "")]
            self.assertEqual(len(swatches), 18)
            found = [index for index, each in enumerate(swatches) if "dashed" in each]
            self.assertEqual(found, list(range(8, 8 + dashed)))
            lines = [each for each in drawings(text)[0].iter("path")
                     if each.get("stroke-dasharray")]
            self.assertEqual(len(lines), dashed)

    def test_row_is_a_heading_and_a_collapsed_one_is_opened(self):
        row = {"type": "row", "title": "Chain", "panels": [panel("stat", "up", title="Inside")]}
        texts = Outline(self.page_of(panel("stat", "up", title="Before"), row)).texts
        self.assertLess(texts.index("Before"), texts.index("Chain"))
        self.assertLess(texts.index("Chain"), texts.index("Inside"))

    def test_theme_can_be_fixed(self):
        self.assertNotIn("data-theme", self.page_of(panel("stat", "up")).split("<head>")[0])
        text = self.page_of(panel("stat", "up"), theme_name="dark")
        self.assertIn('<html lang="en" data-theme=dark>', text)


if __name__ == "__main__":
    unittest.main()
