#!/usr/bin/python3
"""Columns, paragraphs and shapes of a finished PDF, measured from where MuPDF paints each glyph and path, and from the
structure tree that pikepdf reads. Nothing of the program that made the file is asked.

usage: page_measure.py FILE.pdf...

A line is the glyphs of one paragraph on one baseline; body text is the size that most characters of paragraphs have. A
column is a run of lines that goes down the page; where the next line stands higher and farther right, the next column
begins; the caption of a drawing is in none. A paragraph that goes from one column or page to the next is in pieces.

  widows           paragraphs whose last piece is one line
  orphans          paragraphs whose first piece is one line
  foot hyphens     pieces, but the last one, that end in a hyphen
  column ends      rows between the lowest and the highest last line of columns that text flows through side by side
  not level        sets of such columns that end more than a row apart
  on one grid      share of body lines whose baseline is a whole number of line steps from most others
  shared baselines share of body lines of such columns that stand on the baseline of the body line beside them
  footnotes        those that stand on another page than their mark, and those above a line of text
  to shapes        least distance of a body line's ink to a round or slanting shape of 14 mm or more. Rectangles, also with
                   a round corner or two, are fields and rules; a shape is all the paths that overlap, as the spokes of a
                   wheel with the badges on its rim
"""
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import pikepdf

BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LI", "/TD", "/TH", "/Caption", "/Note", "/Figure", "/Title", "/BlockQuote"}
HYPHENS = "-\u00ad\u2010"
CAP, DESCENT = 0.66, 0.21                  # of a line's ink, in ems
LEAST_SHAPE = 40                           # points


# ---- paragraphs: which marked content belongs to which ------------------------------------------------------------------

def owners_of(pdf):
    """(page's objgen, mcid) -> (block, its role, the link in it or None)."""
    out = {}

    def walk(element, page, block):
        page = element.get("/Pg", page)
        role = str(element.get("/S", ""))
        if role in BLOCKS and (block is None or block[1] != "/Note"):
            block = (element.objgen, role, None)
        elif role == "/Link" and block:
            block = (*block[:2], element.objgen)
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                out[(page.objgen, kid)] = block
            elif kid.get("/Type") == "/MCR":
                out[(kid.get("/Pg", page).objgen, int(kid["/MCID"]))] = block
            elif kid.get("/Type") != "/OBJR":
                walk(kid, page, block)

    top = pdf.Root["/StructTreeRoot"]["/K"]
    for kid in top if isinstance(top, pikepdf.Array) else [top]:
        walk(kid, None, None)
    return out


def marks_of(page, owners):
    """For each marked content of a page, in order: its block, or None for an artifact."""
    marks = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            named = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
            marks.append(owners.get((page.objgen, int(operands[1]["/MCID"]))) if named else None)
    return marks


# ---- what is painted ----------------------------------------------------------------------------------------------------

def matrix(element):
    return [float(v) for v in element.get("transform").split()]


def apply(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def curve(p0, p1, p2, p3, steps=12):
    for i in range(1, steps + 1):
        t = i / steps
        u = 1 - t
        yield tuple(u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d for a, b, c, d in zip(p0, p1, p2, p3))


def path_of(element):
    """Polylines of a path in page coordinates, and half the width of its pen."""
    m, lines = matrix(element), []
    for step in element:
        at = {k: float(v) for k, v in step.attrib.items()}
        if step.tag == "moveto":
            lines.append([apply(m, at["x"], at["y"])])
        elif step.tag == "lineto":
            lines[-1].append(apply(m, at["x"], at["y"]))
        elif step.tag == "curveto":
            lines[-1].extend(curve(lines[-1][-1], apply(m, at["x1"], at["y1"]), apply(m, at["x2"], at["y2"]), apply(m, at["x3"], at["y3"])))
        elif step.tag == "closepath" and lines:
            lines[-1].append(lines[-1][0])
    pen = float(element.get("linewidth", 0)) * math.sqrt(abs(m[0] * m[3] - m[1] * m[2])) / 2
    return lines, pen


def is_field(lines):
    """Upright and level edges, of a corner or two that are round no less than 70 % of the way round: what stands in or
    beside it is no text round a shape."""
    pieces = [(a, b) for line in lines for a, b in zip(line, line[1:])]
    straight = sum(math.dist(a, b) for a, b in pieces if abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01)
    box = box_of(lines, 0)
    return all(abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01 for a, b in pieces) or \
        0.7 * 2 * (box[2] - box[0] + box[3] - box[1]) <= straight <= 2 * (box[2] - box[0] + box[3] - box[1]) + 0.1


def box_of(lines, pen):
    xs, ys = [p[0] for l in lines for p in l], [p[1] for l in lines for p in l]
    return min(xs) - pen, min(ys) - pen, max(xs) + pen, max(ys) + pen


def painted(path):
    """A list a page of (number of the mark, element) for every fill_path, stroke_path and fill_text."""
    trace = subprocess.run(["mutool", "trace", path, "1-N"], check=True, capture_output=True).stdout
    pages = []
    for page in ET.fromstring(trace).iter("page"):
        mark, out = -1, []
        for element in page.iter():
            if element.tag == "layer":
                mark += 1
            elif element.tag in ("fill_path", "stroke_path", "fill_text"):
                out.append((mark, element))
        pages.append((mark + 1, out))
    return pages


def glyphs_of(element):
    """(character, x, y, end, size)"""
    m = matrix(element)
    for span in element.iter("span"):
        trm = [float(v) for v in span.get("trm").split()]
        size = math.hypot(trm[2], trm[3])
        for g in span.iter("g"):
            x, y = apply(m, float(g.get("x")), float(g.get("y")))
            yield g.get("unicode"), x, y, x + float(g.get("adv")) * trm[0], size


# ---- lines, shapes ------------------------------------------------------------------------------------------------------

class Line:
    def __init__(self, page, block, role, glyph):
        self.page, self.block, self.role = page, block, role
        self.y, self.size = glyph[2], glyph[4]
        self.x0, self.x1, self.text = glyph[1], glyph[3], ""
        self.links = {}

    def add(self, glyph, link):
        self.text += glyph[0]
        if link:
            self.links[link] = self.links.get(link, "") + glyph[0]
        if glyph[0].strip():
            self.x0, self.x1 = min(self.x0, glyph[1]), max(self.x1, glyph[3])


def read(path):
    """All lines of tagged text in order, and a list of shapes a page."""
    lines, shapes = [], []
    with pikepdf.open(path) as pdf:
        owners = owners_of(pdf)
        for index, (page, (mark_count, items)) in enumerate(zip(pdf.pages, painted(path))):
            marks = marks_of(page, owners)
            if len(marks) != mark_count:
                raise SystemExit(f"{path}: page {index + 1}: {len(marks)} marks in the file, {mark_count} painted")
            paths, line = [], None
            for mark, element in items:
                block = marks[mark] if mark >= 0 else None
                if element.tag != "fill_text":
                    outline, pen = path_of(element)
                    if outline and not is_field(outline):
                        paths.append((outline, pen))
                    continue
                if block is None or block[1] == "/Figure":
                    continue
                for glyph in glyphs_of(element):
                    far = line is None or line.block != block[0] or abs(glyph[2] - line.y) > 0.5 * line.size
                    if far and not glyph[0].strip():
                        continue
                    if far:
                        line = Line(index, block[0], block[1], glyph)
                        lines.append(line)
                    line.add(glyph, block[2])
            shapes.append(objects(paths))
    return lines, shapes


def objects(paths):
    """Paths whose boxes overlap are one shape; those below the least size are left out."""
    groups = []
    for path in paths:
        box, members = box_of(*path), [path]
        for group in [g for g in groups if g[0][0] < box[2] and g[0][2] > box[0] and g[0][1] < box[3] and g[0][3] > box[1]]:
            groups.remove(group)
            other = group[0]
            box = min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
            members = group[1] + members
        groups.append((box, members))
    return [g for g in groups if g[0][2] - g[0][0] >= LEAST_SHAPE and g[0][3] - g[0][1] >= LEAST_SHAPE]


def segment_to_box(a, b, box):
    """Distance of a short straight piece to a box: of points on it, a quarter of a point apart."""
    n = max(1, int(math.dist(a, b) / 0.25))
    least = math.inf
    for i in range(n + 1):
        x, y = a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n
        least = min(least, math.hypot(max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0)))
    return least


def distance(line, group, reach=40):
    ink = line.x0, line.y - CAP * line.size, line.x1, line.y + DESCENT * line.size
    box, members = group
    least = math.inf
    if box[0] - reach > ink[2] or box[2] + reach < ink[0] or box[1] - reach > ink[3] or box[3] + reach < ink[1]:
        return least
    for outline, pen in members:
        around = box_of(outline, pen)
        if around[0] <= ink[0] and around[1] <= ink[1] and around[2] >= ink[2] and around[3] >= ink[3]:
            continue                       # a field that it stands on
        for part in outline:
            for a, b in zip(part, part[1:]):
                least = min(least, segment_to_box(a, b, ink) - pen)
    return least


# ---- columns ------------------------------------------------------------------------------------------------------------

def columns_of(lines):
    """Runs of lines that go down one page in one column."""
    columns = []
    for line in lines:
        last = columns[-1][-1] if columns else None
        if last and "/Caption" not in (last.role, line.role) and last.page == line.page and line.y > last.y - 0.5 * last.size and \
                line.x0 < max(l.x1 for l in columns[-1]) and line.x1 > min(l.x0 for l in columns[-1]):
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


def side_by_side(columns, size):
    """Lists of columns that text flows through: body text ends one, and goes on higher up and right of it in the next."""
    sets = []
    for a, b in zip(columns, columns[1:]):
        flows = a[-1].page == b[0].page and b[0].y < a[-1].y and min(l.x0 for l in b) > min(l.x0 for l in a) and \
            all(l.role == "/P" and abs(l.size - size) < 0.05 for l in (a[-1], b[0]))
        if flows and sets and sets[-1][-1] is a:
            sets[-1].append(b)
        elif flows:
            sets.append([a, b])
    return sets


def step_of(lines):
    """The commonest distance from a body line to the next one of its paragraph."""
    count = Counter(round(b.y - a.y, 1) for a, b in zip(lines, lines[1:]) if a.block == b.block and a.page == b.page and b.y > a.y)
    return count.most_common(1)[0][0] if count else 13.0


def on_one_grid(body, step):
    """The commonest residue is the grid."""
    residue = Counter(round(line.y % step, 1) for line in body)
    grid = residue.most_common(1)[0][0]
    near = sum(min((line.y - grid) % step, (grid - line.y) % step) <= 0.15 for line in body)
    return round(100 * near / len(body), 1)


def pieces_of(columns, body):
    """block -> the lines of each of its pieces."""
    pieces = {}
    for column in columns:
        for line in column:
            if line in body:
                own = pieces.setdefault(line.block, [])
                if own and own[-1][0] is column:
                    own[-1][1].append(line)
                else:
                    own.append((column, [line]))
    return {block: [p[1] for p in own] for block, own in pieces.items()}


def notes_of(lines):
    """Footnotes; those that stand on another page than their mark, or above a line of text."""
    notes, marks, lowest = {}, {}, {}
    for line in lines:
        if line.role == "/Note":
            notes.setdefault(line.block, line)
        else:
            lowest[line.page] = max(lowest.get(line.page, 0), line.y)
            marks.setdefault(line.page, []).extend(text.strip() for text in line.links.values())
    away = 0
    for note in notes.values():            # it begins with its mark: a number, or a letter
        own = re.match(r"\d+|\w", note.text)
        away += own is None or own.group() not in marks.get(note.page, [])
    return len(notes), away, sum(line.y < lowest.get(line.page, 0) for line in notes.values())


def measure(path):
    lines, shapes = read(path)
    sizes = Counter()
    for line in lines:
        if line.role == "/P":
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [l for l in lines if l.role == "/P" and abs(l.size - size) < 0.06]
    columns, step = columns_of(lines), step_of(body)
    sets = side_by_side(columns, size)
    in_body = set(body)
    pieces = pieces_of(columns, in_body)
    divided = [p for p in pieces.values() if len(p) > 1]
    apart, shared, beside = [], 0, 0
    for group in sets:
        ends = [max(l.y for l in column) for column in group]
        apart.append((max(ends) - min(ends)) / step)
        for a, b in zip(group, group[1:]):
            for line in b:
                near = [abs(line.y - other.y) for other in a if other in in_body and abs(line.y - other.y) < step / 2]
                if line in in_body and near:
                    beside += 1
                    shared += min(near) <= 0.3
    notes, away, above = notes_of(lines)
    gaps = [(distance(line, group), line) for line in body for group in shapes[line.page]]
    near = min(gaps, key=lambda g: g[0], default=(math.inf, None))
    return {
        "paragraphs": len(pieces), "divided": len(divided),
        "widows": sum(len(p[-1]) == 1 for p in divided),
        "orphans": sum(len(p[0]) == 1 for p in divided),
        "foot hyphens": sum(piece[-1].text.rstrip()[-1:] in HYPHENS for p in divided for piece in p[:-1]),
        "columns side by side": sum(len(g) for g in sets),
        "not level": sum(rows > 1.1 for rows in apart),
        "column ends apart, rows": round(max(apart, default=0), 2),
        "on one grid %": on_one_grid(body, step),
        "shared baselines %": round(100 * shared / beside, 1) if beside else 100.0,
        "footnotes": notes, "footnotes away": away, "footnotes above text": above,
        "shapes": sum(len(s) for s in shapes),
        "lines beside shapes": len({id(line) for gap, line in gaps if gap < 40}),
        "nearest to a shape, mm": round(near[0] * 25.4 / 72, 2) if near[1] else None,
        "nearest line": f"page {near[1].page + 1}: {near[1].text.strip()}" if near[1] and near[0] < 40 else None,
    }


def table(name, values, limits={}):
    """Print a measure as a table: what, value, the limit that it must keep."""
    print(name)
    for key, value in values.items():
        if value is not None:
            print(f"  {key:26} {value!s:>8}  {limits.get(key, '')}".rstrip())


def main(argv):
    for path in argv:
        table(path, measure(path))
    return 0 if argv else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
