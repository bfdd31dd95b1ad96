import unittest

import png
from support import ScriptTestCase


class ShrinkTests(ScriptTestCase):
    def shrink(self, data):
        path = self.folder / "picture.png"
        path.write_bytes(data)
        done = self.run_script("lib/shrink-png", path)
        return done, path.read_bytes()

    def test_few_colours_stay_as_they_are(self):
        rows = [[(x * 15, y * 12, (x * y * 7) % 256) for x in range(12)] for y in range(20)]
        for channels in (3, 4):
            done, data = self.shrink(png.rgb(rows, channels))
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            self.assertEqual(png.read_palette(data)[0], rows)

    def test_many_colours_become_similar_ones_and_the_commonest_stay(self):
        rows = [[(255, 255, 255)] * 64 + [((x * 5) % 256, (y * 5) % 256, ((x + y) * 11) % 256)
                                          for x in range(51)] for y in range(51)]
        original = png.rgb(rows)
        done, data = self.shrink(original)
        self.assertEqual(done.returncode, 0, done.stderr)
        found, colors = png.read_palette(data)
        self.assertLessEqual(len(colors), 256)
        for row, other in zip(rows, found, strict=True):
            self.assertEqual(row[:64], other[:64])
            for one, two in zip(row, other, strict=True):
                self.assertLess(max(abs(a - b) for a, b in zip(one, two)), 80, (one, two))
        self.assertLess(len(data), len(original))

    def test_what_is_no_such_picture_is_refused_and_unchanged(self):
        good = png.rgb([[(1, 2, 3)] * 4] * 4)
        for bad in (b"", b"<html>", good[:40], good[:-20],
                    good.replace(b"\x08\x02\x00\x00\x00", b"\x08\x02\x00\x00\x01"),
                    good.replace(b"\x00\x00\x00\x04\x08", b"\x00\x00\x00\x05\x08"),
                    good.replace(b"\x00\x00\x00\x04\x08", b"\xff\xff\xff\xff\x08"),
                    png.chunk(b"IHDR", bytes(13))):
            done, data = self.shrink(bad)
            self.assert_refused(done, 1, "picture.png")
            self.assertEqual(data, bad)

    def test_arguments_are_files(self):
        for arguments, told in (([], "usage"), (["--often"], "usage")):
            done = self.run_script("lib/shrink-png", *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(told, done.stderr)
        done = self.run_script("lib/shrink-png", self.folder / "none.png")
        self.assert_refused(done, 1, "none.png", "No such file")


if __name__ == "__main__":
    unittest.main()
