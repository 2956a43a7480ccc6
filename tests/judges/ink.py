#!/usr/bin/python3
"""Mean ink of each page on a grey printer: usage: ink.py LIMIT FILE.pdf

Pages are rendered in grey at 30 dots an inch; ink is what is missing to white. Exit 1 when a page takes more than LIMIT
percent."""
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


limit, worst = float(sys.argv[1]), 0.0
for number, pixels in enumerate(pages(sys.argv[2]), 1):
    ink = 100 * (1 - sum(pixels) / (255 * len(pixels)))
    worst = max(worst, ink)
    print(f"page {number}: {ink:.1f} %")
sys.exit(worst > limit)
