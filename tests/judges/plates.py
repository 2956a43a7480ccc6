#!/usr/bin/python3
"""The printing plates of a press file, as Ghostscript separates them (tiffsep), looked at pixel by pixel.

usage: plates.py --ink PERCENT FILE.pdf...              lists every breach, exit 1 when there is one
       plates.py --ink PERCENT --self-test FILE.pdf     breaks each rule in turn; fails on a rule that lets it pass

  black     text in black stands on the black plate alone: letters printed by themselves leave the others empty
  overprint with that text and without it, the other plates are the same: nothing is spared out under a letter
  spot      each spot colour has a plate of its own with ink on it, and what is printed in it leaves the four others empty
  ink       nowhere within the bleed do the plates together carry more than the printer allows
  bleed     where ink stands at a cut edge it goes on to the end of the bleed; marks stay outside it
"""
import pathlib
import struct
import subprocess
import sys
import tempfile

import pikepdf
from pikepdf import Name, Operator

DPI = 72                                   # a pixel is a point: what is finer than the eye need not be judged
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
SHOW = {"Tj", "TJ", "'", '"'}
FILL = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKE = {"S", "s", "B", "B*", "b", "b*"}
LEVEL = 3                                  # of 255: less is rounding, not ink


# ---- plates as Ghostscript makes them ------------------------------------------------------------------------------------

def read_tiff(path):
    """Width, height and bytes (255: full ink) of an uncompressed 8-bit TIFF."""
    data = path.read_bytes()
    end = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(end + "I", data[4:8])[0]
    tags = {}
    for i in range(struct.unpack(end + "H", data[at:at + 2])[0]):
        tag, kind, count, value = struct.unpack(end + "HHI4s", data[at + 2 + 12 * i:at + 14 + 12 * i])
        size = {3: "H", 4: "I"}.get(kind)
        if size:
            room = struct.calcsize(size) * count
            raw = value[:room] if room <= 4 else data[struct.unpack(end + "I", value)[0]:][:room]
            tags[tag] = struct.unpack(end + size * count, raw)
    assert tags[258] == (8,) and tags.get(259, (1,)) == (1,), path
    pixels = b"".join(data[start:start + length] for start, length in zip(tags[273], tags[279]))
    ink = pixels if tags[262] == (0,) else pixels.translate(bytes(255 - i for i in range(256)))
    return tags[256][0], tags[257][0], ink


def plates_of(pdf):
    """For each page: its width, height and the plates by name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-sCompression=none", f"-r{DPI}",
                        "-o", f"{folder}/p%03d.tif", str(pdf)], check=True, capture_output=True)
        pages = []
        for number in range(1, 1000):
            found = {}
            for path in sorted(pathlib.Path(folder).glob(f"p{number:03d}(*).tif")):
                width, height, ink = read_tiff(path)
                found[path.name.split("(", 1)[1][:-5]] = ink
            if not found:
                return pages
            pages.append((width, height, found))


# ---- a file with part of its ink -----------------------------------------------------------------------------------------

class Colours:
    """The fill and stroke colour while a content stream is read: ("k", (c, m, y, k)), ("spot", name) or another."""

    def __init__(self, spaces):
        self.spaces, self.now, self.stack = spaces, {"fill": None, "stroke": None}, []

    def read(self, operands, op):
        if op == "q":
            self.stack.append(dict(self.now))
        elif op == "Q":
            self.now = self.stack.pop()
        elif op in ("k", "K"):
            self.now["fill" if op == "k" else "stroke"] = ("k", tuple(float(v) for v in operands))
        elif op in ("g", "G", "rg", "RG"):
            self.now["fill" if op.islower() else "stroke"] = (op, None)
        elif op in ("cs", "CS"):
            self.now["fill" if op == "cs" else "stroke"] = ("spot", self.spaces.get(str(operands[0])))


def spaces_of(resources):
    spaces = {}
    for name, space in (resources.get("/ColorSpace") or {}).items():
        if isinstance(space, pikepdf.Array) and space[0] == Name.Separation:
            spaces[name] = str(space[1])[1:]
    return spaces


def black(colour):
    return colour is not None and colour[0] == "k" and colour[1] == (0, 0, 0, 1)


def any_black(colour):
    """All that a reader calls black, however it is mixed."""
    return colour is not None and colour[0] == "k" and colour[1][3] >= 0.9


def spot(colour):
    return colour is not None and colour[0] == "spot" and colour[1] not in (None, "All")


def filtered(pdf, where, keep_text, keep_paint):
    """The content with the text for which keep_text(colour) holds, and the rest for which keep_paint(operator, colours)."""
    colours, out = Colours(spaces_of(where.get("/Resources", {}))), []
    for operands, operator in pikepdf.parse_content_stream(where):
        op = str(operator)
        colours.read(operands, op)
        if op in SHOW and not keep_text(colours.now["fill"]):
            continue
        if op in ("Do", "sh", "EI") and not keep_paint(op, colours.now):
            continue
        if op in FILL | STROKE and not keep_paint(op, colours.now):
            operator = Operator("n")
            operands = []
        out.append((operands, operator))
    return pikepdf.unparse_content_stream(out)


def forms(pdf):
    return [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]


def part(path, folder, name, keep_text, keep_paint):
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.obj["/Contents"] = pdf.make_stream(filtered(pdf, page.obj, keep_text, keep_paint))
        for form in forms(pdf):
            form.write(filtered(pdf, form, keep_text, keep_paint))
        out = pathlib.Path(folder, name)
        pdf.save(out)
        return plates_of(out)


# ---- rules ---------------------------------------------------------------------------------------------------------------

def inked(ink):
    return max(ink, default=0) > LEVEL


def rule_black(file):
    pages = file.part("black", any_black, lambda op, now: False)
    seen = False
    for number, (_, _, plates) in enumerate(pages, 1):
        seen = seen or inked(plates["Black"])
        for name, ink in plates.items():
            if name != "Black" and inked(ink):
                yield f"page {number}: black text puts {max(ink) / 2.55:.0f} % on the plate {name}"
    if not seen:
        yield "no black text: nothing was judged"


def rule_overprint(file):
    without = file.part("without", lambda colour: not black(colour), lambda op, now: True)
    for number, ((_, _, full), (_, _, rest)) in enumerate(zip(file.pages, without), 1):
        for name in full:
            if name != "Black" and any(abs(a - b) > LEVEL for a, b in zip(full[name], rest.get(name, full[name]))):
                yield f"page {number}: black text is spared out of the plate {name}"


def spots_of(path):
    with pikepdf.open(path) as pdf:
        found = set()
        for where in [page.obj for page in pdf.pages] + forms(pdf):
            found |= set(spaces_of(where.get("/Resources", {})).values())
        return found - {"All"}


def rule_spot(file):
    names = spots_of(file.path)
    for name in sorted(file.spots - names):
        yield f"there is no spot colour {name} in the file"
    for name in sorted(names):
        if not any(inked(plates.get(name, b"")) for _, _, plates in file.pages):
            yield f"the spot colour {name} has no plate with ink on it"

    def paints(op, now):
        kinds = [now["fill"]] * (op in FILL) + [now["stroke"]] * (op in STROKE)
        return op == "Do" or bool(kinds) and all(spot(colour) for colour in kinds)
    if names:
        for number, (_, _, plates) in enumerate(file.part("spot", spot, paints), 1):
            for name in PROCESS:
                if inked(plates[name]):
                    yield f"page {number}: what is printed in a spot colour puts ink on the plate {name}"


def rows_within(file, number):
    """(row, first, end) of the pixels within the bleed box; the marks outside are on all plates."""
    _, height, _ = file.pages[number]
    left, top, right, bottom = file.boxes[number][1]
    return [(y, round(left), round(right)) for y in range(max(0, round(top)), min(height, round(bottom)))]


def rule_ink(file):
    for number, (width, _, plates) in enumerate(file.pages):
        most = 0
        for y, first, end in rows_within(file, number):
            rows = [ink[y * width + first:y * width + end] for ink in plates.values()]
            most = max(most, max(map(sum, zip(*rows))))
        if most > 2.55 * file.limit + LEVEL:
            yield f"page {number + 1}: {most / 2.55:.0f} % of ink, allowed are {file.limit:.0f} %"


def edges(file, number):
    """For each edge: its name, and pairs of pixels, the last inside the cut and the last inside the bleed."""
    trim, bleed = ([round(v) for v in box] for box in file.boxes[number])
    across, down = range(trim[0], trim[2]), range(trim[1], trim[3])
    yield "left", [((trim[0], y), (bleed[0], y)) for y in down]
    yield "right", [((trim[2] - 1, y), (bleed[2] - 1, y)) for y in down]
    yield "top", [((x, trim[1]), (x, bleed[1])) for x in across]
    yield "bottom", [((x, trim[3] - 1), (x, bleed[3] - 1)) for x in across]


def rule_bleed(file):
    bled = 0
    for number, (width, _, plates) in enumerate(file.pages):
        total = bytes(min(255, sum(column)) for column in zip(*plates.values()))
        for name, pairs in edges(file, number):
            inside = [total[y * width + x] > LEVEL for (x, y), _ in pairs]
            outside = [total[y * width + x] > LEVEL for _, (x, y) in pairs]
            bled += any(outside)
            slack = 10                     # an edge that runs aslant moves by at most the bleed, some nine points
            short = [i for i, ink in enumerate(inside) if ink and not any(outside[max(0, i - slack):i + slack + 1])]
            if short:
                yield f"page {number + 1}: along {len(short)} pt of the {name} edge ink ends before the bleed does"
    if not bled:
        yield "nothing bleeds: nothing was judged"


RULES = [rule_black, rule_overprint, rule_spot, rule_ink, rule_bleed]


class File:
    def __init__(self, path, limit, spots, folder):
        self.path, self.limit, self.spots, self.folder = path, limit, spots, folder
        self.pages = plates_of(path)
        with pikepdf.open(path) as pdf:
            self.boxes = [tuple(self.turned(page, name) for name in ("/TrimBox", "/BleedBox")) for page in pdf.pages]

    @staticmethod
    def turned(page, name):
        x0, y0, x1, y1 = (float(v) for v in page.obj[name])
        height = float(page.obj["/MediaBox"][3])
        return x0, height - y1, x1, height - y0

    def part(self, name, keep_text, keep_paint):
        return part(self.path, self.folder, name + ".pdf", keep_text, keep_paint)


def breaches(path, limit, spots=frozenset(), rules=RULES):
    with tempfile.TemporaryDirectory() as folder:
        file = File(path, limit, spots, folder)
        return [(rule, text) for rule in rules for text in rule(file)]


# ---- how each rule is broken ---------------------------------------------------------------------------------------------

def replace_content(pdf, change):
    """Each content stream through `change`: a list of (operands, operator as text) to another."""
    for where in [page.obj for page in pdf.pages] + forms(pdf):
        stream = [(list(operands), str(operator)) for operands, operator in pikepdf.parse_content_stream(where)]
        code = pikepdf.unparse_content_stream([(operands, Operator(op)) for operands, op in change(where, stream)])
        if where.get("/Subtype") == "/Form":
            where.write(code)
        else:
            where["/Contents"] = pdf.make_stream(code)


def mix_black(pdf):
    rich = [0.6, 0.5, 0.4, 1]
    replace_content(pdf, lambda where, stream: [(rich if op == "k" and [float(v) for v in operands] == [0, 0, 0, 1] else operands, op)
                                                for operands, op in stream])


def spare_out(pdf):
    def under(where, stream):
        field = [([], "q"), ([0.3, 0, 0.2, 0], "k"), ([0, 0, 2000, 2000], "re"), ([], "f"), ([], "Q")]
        return field + [one for one in stream if one[1] != "gs"]
    replace_content(pdf, under)


def mix_spot(pdf):
    for where in [page.obj for page in pdf.pages] + forms(pdf):
        for name, space in (where.get("/Resources", {}).get("/ColorSpace") or {}).items():
            if isinstance(space, pikepdf.Array) and space[0] == Name.Separation and space[1] != Name.All:
                space[1] = Name.Black


def pour_ink(pdf):
    x0, y0, _, _ = (float(v) for v in pdf.pages[0].obj["/TrimBox"])
    code = f"q 1 1 1 .5 k {x0 + 100} {y0 + 100} 20 20 re f Q"
    pdf.pages[0].contents_add(pdf.make_stream(code.encode()))


def cut_bleed(pdf):
    for page in pdf.pages:
        x0, y0, x1, y1 = (float(v) for v in page.obj["/TrimBox"])
        page.contents_add(pdf.make_stream(f"q {x0} {y0} {x1 - x0} {y1 - y0} re W n".encode()), prepend=True)
        page.contents_add(pdf.make_stream(b"Q"))


HARMS = [(rule_black, mix_black), (rule_overprint, spare_out), (rule_spot, mix_spot), (rule_ink, pour_ink),
         (rule_bleed, cut_bleed)]


def self_test(path, limit, spots):
    failed = 0
    for rule, harm in HARMS:
        with pikepdf.open(path) as pdf, tempfile.NamedTemporaryFile(suffix=".pdf") as out:
            harm(pdf)
            pdf.save(out.name)
            caught = breaches(out.name, limit, spots, [rule])
        print(f"{rule.__name__}: {'rejected: ' + caught[0][1] if caught else 'A BROKEN FILE PASSES'}")
        failed += not caught
    return failed


def main(argv):
    limit, spots, test = 300.0, set(), False
    while argv and argv[0].startswith("--"):
        if argv[0] == "--self-test":
            test, argv = True, argv[1:]
        elif argv[0] == "--ink":
            limit, argv = float(argv[1]), argv[2:]
        else:
            spots.add(argv[1])
            argv = argv[2:]
    found = 0
    for path in argv:
        if test:
            found += self_test(path, limit, spots)
            continue
        wrong = breaches(path, limit, spots)
        for rule, text in wrong:
            print(f"{path}: {rule.__name__[5:]}: {text}")
        found += len(wrong)
    print(f"plates: {len(argv)} files, {found} faults")
    return 1 if found or not argv else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
