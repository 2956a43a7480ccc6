#!/usr/bin/python3
"""Mean ink of each page on a grey printer: usage: ink.py LIMIT FILE.pdf...

Pages are rendered in grey at 30 dots an inch; ink is what is missing to white. Prints the worst page of each file. Exit 1 when
a page takes more than LIMIT percent, or a file has none."""
import subprocess
import sys


def pages(path):
    data = subprocess.run(["pdftoppm", "-gray", "-r", "30", path], check=True, capture_output=True).stdout
    at = 0
    while at < len(data):
        header, start = [], at
        while len(header) < 4:
            end = start
            while not data[end:end + 1].isspace():
                end += 1
            header.append(data[start:end])
            start = end + 1
        size = int(header[1]) * int(header[2])
        yield data[start:start + size]
        at = start + size


limit, good = float(sys.argv[1]), len(sys.argv) > 2
for path in sys.argv[2:]:
    ink, number = max(((100 * (1 - sum(pixels) / (255 * len(pixels))), number) for number, pixels in enumerate(pages(path), 1)),
                      default=(101, 0))
    print(f"{path}: page {number}: {ink:.1f} %" + ("" if ink <= limit else f": more than {limit:g} %"))
    good &= ink <= limit
sys.exit(not good)
