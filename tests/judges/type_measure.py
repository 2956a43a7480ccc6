#!/usr/bin/env python3
"""The setting of a finished PDF, measured from Poppler's word boxes and nothing else.

usage: type_measure.py [--limits NAME] FILE.pdf

A line is a run of body words on one baseline without a gap of an em, which is less than any gutter. Body text is the
word height that most characters have. A line counts as justified when another body line follows below it in the same paragraph, so
last lines, headings, labels and ragged lists fall away:

  gap deviation    standard deviation of all word gaps of justified lines, in points
  loose lines      share of justified lines whose mean gap exceeds 1.6 x the file's median gap
  hyphens          share of justified lines that end in a hyphen, and the longest run of them in one column
  on the grid      share of body baselines that stand on one grid (65 + 13 n points unless told otherwise)
  at a foot        hyphens on the last line of a column
"""
import re
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from html import unescape

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def words_of(path):
    """One list a page of (x0, y0, x1, y1, text)."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True).stdout.decode("utf-8")
    pages = []
    for chunk in out.split("<page ")[1:]:
        pages.append([(float(a), float(b), float(c), float(d), unescape(t)) for a, b, c, d, t in WORD.findall(chunk)])
    return pages


def body_height(pages):
    count = Counter()
    for page in pages:
        for _, y0, _, y1, text in page:
            count[round(y1 - y0, 1)] += len(text)
    return count.most_common(1)[0][0]


def lines_of(page, height):
    """Body lines as dicts, top to bottom."""
    rows = defaultdict(list)
    for word in page:
        if abs((word[3] - word[1]) - height) <= 0.15:
            rows[round(word[3], 0)].append(word)
    keys = sorted(rows)
    merged = []
    for key in keys:
        if merged and key - merged[-1][0] <= 1:
            merged[-1][1].extend(rows[key])
        else:
            merged.append([key, list(rows[key])])
    lines = []
    for _, row in merged:
        row.sort()
        run = [row[0]]
        for word in row[1:]:
            if word[0] - run[-1][2] > 0.75 * height:
                lines.append(run)
                run = []
            run.append(word)
        lines.append(run)
    return [{"x0": l[0][0], "x1": l[-1][2], "y": l[-1][3], "words": l,
             "gaps": [b[0] - a[2] for a, b in zip(l, l[1:])]} for l in lines if l]


def overlap(a, b):
    return min(a["x1"], b["x1"]) - max(a["x0"], b["x0"])


def link(lines, step):
    """For each line the one that stands one grid step below it in the same column; it may be the last of a paragraph and very
    short."""
    for line in lines:
        below = [l for l in lines if 0.5 * step < l["y"] - line["y"] < 1.4 * step and
                 overlap(l, line) > min(20, 0.5 * (l["x1"] - l["x0"]))]
        line["below"] = max(below, key=lambda l: overlap(l, line)) if below else None
    for line in lines:
        line["above"] = next((l for l in lines if l["below"] is line), None)


def is_last(line):
    """Last of its paragraph: nothing below, or a full stop before an indent or a short line."""
    below = line["below"]
    if below is None:
        return True
    if not re.search(r"[.!?:…”»\"]$", line["words"][-1][4]):
        return False
    return below["x0"] - line["x0"] > 6 or below["x1"] - line["x1"] > 4


def measure(path, first=65.0, step=13.0):
    pages = words_of(path)
    height = body_height(pages)
    gaps, means, hyphened, justified, feet, ladder = [], [], 0, 0, 0, 0
    baselines = []
    for page in pages:
        lines = lines_of(page, height)
        link(lines, step)
        for line in lines:
            baselines.append(line["y"])
            hyphen = line["words"][-1][4].endswith(("-", "\u00ad", "\u2010")) and line["below"] is not None
            if line["below"] is None and line["words"][-1][4].endswith(("-", "\u00ad")):
                feet += 1
            line["run"] = (line["above"]["run"] + 1 if line["above"] and "run" in line["above"] else 1) if hyphen else 0
            ladder = max(ladder, line["run"])
            if is_last(line) or not line["gaps"]:
                continue
            justified += 1
            hyphened += hyphen
            gaps.extend(line["gaps"])
            means.append(statistics.fmean(line["gaps"]))
    median = statistics.median(gaps) if gaps else 0
    # The box's lower edge is a fixed distance below the baseline: the commonest residue is the grid.
    residue = Counter(round((y - first) % step, 1) for y in baselines)
    grid = residue.most_common(1)[0][0] if residue else 0
    near = sum(n for r, n in residue.items() if min(abs(r - grid), step - abs(r - grid)) <= 0.3)
    return {
        "lines": len(baselines), "justified": justified, "gap median pt": round(median, 2),
        "gap deviation pt": round(statistics.pstdev(gaps), 3) if gaps else 0.0,
        "widest gap pt": round(max(gaps), 2) if gaps else 0.0,
        "loose lines %": round(100 * sum(m > 1.6 * median for m in means) / justified, 2) if justified else 0.0,
        "hyphenated %": round(100 * hyphened / justified, 1) if justified else 0.0,
        "hyphen run": ladder, "hyphens at a foot": feet,
        "on the grid %": round(100 * near / len(baselines), 1) if baselines else 100.0,
    }


def main(argv):
    files = [a for a in argv if not a.startswith("--")]
    for path in files:
        print(path)
        for key, value in measure(path).items():
            print(f"  {key:20} {value}")
    return 0 if files else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
