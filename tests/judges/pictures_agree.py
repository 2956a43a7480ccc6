#!/usr/bin/python3
"""Do renderers show the same page? Each picture is averaged over squares and compared with the first.

usage: pictures_agree.py [--limit PERCENT] [--far LEVELS] PICTURE PICTURE...      (PPM or PNG, 8 bit)

Two renderers differ in the pixels along every edge; averaged over squares of 10 pixels they do not. A missing item, a
wrong colour or a shift of a point shows as a square that is far off. The figure is the share of squares that differ by
more than 24 of 255 in a channel (--far: another number, where renderers mix inks by their own recipes); it must stay below
the limit (default 1 %).
"""
import sys
import zlib

SQUARE = 10
FAR = 24


def read_ppm(data):
    fields, at = [], 0
    while len(fields) < 4:
        while data[at:at + 1].isspace():
            at += 1
        if data[at:at + 1] == b"#":
            at = data.index(b"\n", at)
            continue
        end = at
        while not data[end:end + 1].isspace():
            end += 1
        fields.append(data[at:end])
        at = end
    assert fields[0] == b"P6" and fields[3] == b"255"
    width, height = int(fields[1]), int(fields[2])
    return width, height, 3, data[at + 1:at + 1 + width * height * 3]


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def read_png(data):
    at, packed = 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
            assert body[8] == 8 and body[9] in (2, 6) and body[12] == 0
            channels = 3 if body[9] == 2 else 4
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    raw, out, stride = zlib.decompress(packed), bytearray(), width * channels
    before = bytearray(stride)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - channels] if x >= channels else 0
            corner = before[x - channels] if x >= channels else 0
            add = (0, left, before[x], (left + before[x]) // 2, paeth(left, before[x], corner))[kind]
            row[x] = (row[x] + add) & 255
        out += row
        before = row
    return width, height, channels, bytes(out)


def squares(path, like=None):
    """The size and the squares; a picture with n times the pixels of one of the size `like` has squares n times as wide."""
    data = open(path, "rb").read()
    width, height, channels, pixels = read_ppm(data) if data[:2] == b"P6" else read_png(data)
    times = max(1, round(width / like[0])) if like else 1
    side, out = SQUARE * times, []
    for top in range(0, height - side + 1, side):
        sums = [[0] * (width // side) for _ in range(3)]
        for y in range(top, top + side):
            row = pixels[y * width * channels:(y + 1) * width * channels]
            for channel in range(3):
                line = row[channel::channels]
                for i in range(width // side):
                    sums[channel][i] += sum(line[i * side:(i + 1) * side])
        out.extend(zip(*([v / times / times for v in line] for line in sums)))
    return (width // times, height // times), out


def main():
    arguments, limit, far_off = sys.argv[1:], 1.0, FAR
    while arguments[:1] and arguments[0] in ("--limit", "--far"):
        if arguments[0] == "--limit":
            limit = float(arguments[1])
        else:
            far_off = float(arguments[1])
        arguments = arguments[2:]
    size, first = squares(arguments[0])
    worst = 0.0
    for path in arguments[1:]:
        other_size, other = squares(path, size)
        if abs(size[0] - other_size[0]) > 1 or abs(size[1] - other_size[1]) > 1:
            print(f"{path}: {other_size} pixels, {arguments[0]} has {size}")
            return 1
        columns, other_columns = size[0] // SQUARE, other_size[0] // SQUARE
        if columns != other_columns:           # a pixel more on the right edge
            other = [v for i, v in enumerate(other) if i % other_columns < columns]
            first = [v for i, v in enumerate(first) if i % columns < other_columns]
        far = sum(any(abs(a - b) > far_off * SQUARE * SQUARE for a, b in zip(p, q)) for p, q in zip(first, other))
        share = 100.0 * far / max(len(first), 1)
        worst = max(worst, share)
        print(f"{share:.2f} % of squares differ: {path}")
    return 1 if worst > limit or len(arguments) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
