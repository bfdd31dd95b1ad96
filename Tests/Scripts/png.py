"""Pictures for the tests: written with any filter, and read if they have a palette."""

import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def guess(kind, left, up, corner):
    """What each filter of the format takes for the likely value of a byte (PNG 1.2, section 6)."""
    if kind == 4:
        return min((left, up, corner), key=lambda each: abs(left + up - corner - each))
    return (0, left, up, (left + up) // 2)[kind]


def rgb(rows, channels=3, filters=(0, 1, 2, 3, 4)):
    """A PNG of rows of (red, green, blue), whose lines have these filters in turn."""
    raw, above = bytearray(), bytes(len(rows[0]) * channels)
    for index, row in enumerate(rows):
        kind = filters[index % len(filters)]
        line = b"".join(bytes(pixel) + b"\xff" * (channels - 3) for pixel in row)
        raw.append(kind)
        for place, value in enumerate(line):
            left, corner = (line[place - channels], above[place - channels]) \
                if place >= channels else (0, 0)
            raw.append((value - guess(kind, left, above[place], corner)) & 255)
        above = line
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, {3: 2, 4: 6}[channels], 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw))
            + chunk(b"IEND", b""))


def read_palette(data):
    """The rows of a PNG with a palette and no filters, and the palette."""
    place, found = 8, {}
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8:place + 8 + length]
        assert data[place:place + length + 12] == chunk(kind, body)
        found[kind], place = body, place + length + 12
    width, height, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert rest == [8, 3, 0, 0, 0], rest
    colors = [tuple(found[b"PLTE"][each:each + 3]) for each in range(0, len(found[b"PLTE"]), 3)]
    raw = zlib.decompress(found[b"IDAT"])
    lines = [raw[each:each + width + 1] for each in range(0, len(raw), width + 1)]
    assert len(lines) == height and all(line[0] == 0 for line in lines)
    return [[colors[each] for each in line[1:]] for line in lines], colors
