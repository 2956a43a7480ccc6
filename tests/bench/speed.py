#!/usr/bin/env python3
"""Speed and memory, side by side in one run: tests/bench/speed.py [PLANTRYK] [--runs N] [--long] [--peer PYTHON]

Cold processes, the cases in turn, so that a busy machine falls on all of them alike: quote ratios and medians. Not a test.
--long adds plans of about 80 and 800 pages: the parts of the example over and over, with ids of their own.
--peer names a Python that has Typst's wheel (python3 -m venv V; V/bin/pip install typst; --peer V/bin/python). It sets
peer.typ, the same text and figures; its clock starts when its interpreter and module are loaded, so it pays for no start.
"""
import argparse, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/viborg-2021"
PARTS = re.compile(r"(?=^  <(?:section|focus-areas|initiatives|goals)\b)", re.M)
PEER = """
import resource, sys, time, typst
start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, pdf_standards="ua-1",
              sys_inputs={"times": sys.argv[4]})
wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
print(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
"""


def multiply(times, folder):
    """The example with its parts `times` times over; every id, and every figure of a measure, has the copy's number.
    A plan has seven focus areas at most: those of the copies are sections, and their initiatives too."""
    head, *parts = PARTS.split((EXAMPLE / "plan.xml").read_text(encoding="utf-8"))
    parts[-1] = parts[-1].replace("</plan>", "")
    title, *rows = (EXAMPLE / "figures.csv").read_text(encoding="utf-8").splitlines()
    body, table = list(parts), list(rows)
    measures = set(re.findall(r'<measure id="([^"]+)"', "".join(parts)))
    names = set(re.findall(r'\bid="([^"]+)"', "".join(parts))) - set(re.findall(r'<focus-area id="([^"]+)"', "".join(parts)))
    for copy in range(1, times):
        for part in parts:
            text = re.sub(r'\b(id|figure|than|compares-with)="([^"]+)"',
                          lambda m: f'{m[1]}="{m[2]}.{copy}"' if m[1] == "id" or m[2] in names else m[0], part)
            text = re.sub(r"(</?)(focus-areas?|initiatives?)\b", r"\1section", text)
            text = re.sub(r'(<(?:section|goal) [^>]*?) number="[^"]*"', r"\1", text)
            text = re.sub(r' (serves|short-title)="[^"]*"', "", text)
            text = re.sub(r' *<illustration kind="matrix".*?</illustration>\n', "", text, flags=re.S)
            body.append(text)
        table += [row.replace(";", f".{copy};", 1) for row in rows if row.split(";")[0] in measures]
    (folder / "plan.xml").write_text(head + "".join(body) + "</plan>\n", encoding="utf-8")
    (folder / "figures.csv").write_text("\n".join([title, *table]) + "\n", encoding="utf-8")
    return folder / "plan.xml"


class Case:
    def __init__(self, name, command, peer=False):
        self.name, self.command, self.peer = name, [str(word) for word in command], peer
        self.wall, self.cpu, self.rss = [], [], 0

    def run(self):
        start = time.perf_counter()
        child = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = child.stdout.read()
        _, status, use = os.wait4(child.pid, 0)
        wall, cpu = time.perf_counter() - start, use.ru_utime + use.ru_stime
        if status:
            sys.exit(f"{self.name}: exit {os.waitstatus_to_exitcode(status)}: {' '.join(self.command)}")
        if self.peer:
            wall, cpu = map(float, said.split())
        self.wall.append(wall * 1e3)
        self.cpu.append(cpu * 1e3)
        self.rss = max(self.rss, use.ru_maxrss / 1024)

    def row(self, pages, against=None):
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        each = f"{wall / pages:8.2f}" if pages > 8 else " " * 8
        ratio = f"{wall / statistics.median(against.wall):6.2f} {cpu / statistics.median(against.cpu):6.2f}" if against else ""
        print(f"{self.name:28} {pages:5} {wall:9.1f} {cpu:9.1f} {each} {self.rss:7.0f}  {ratio}", flush=True)


def pages_of(pdf):
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
    return int(re.search(r"^Pages:\s*(\d+)", said, re.M)[1])


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("plantryk", nargs="?", default=ROOT / "build/release/generator/plantryk")
    parse.add_argument("--runs", type=int, default=25)
    parse.add_argument("--long", action="store_true")
    parse.add_argument("--peer")
    options = parse.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="plantryk-speed-"))
    fonts = ROOT / "build/release/share/plantryk/fonts"

    def peer_case(times):
        for name in "plan.xml", "figures.csv":
            shutil.copy(EXAMPLE / name, work)
        shutil.copy(ROOT / "tests/bench/peer.typ", work)
        return Case(f"Typst x{times}", [options.peer, "-c", PEER, work / "peer.typ", work / "peer.pdf", fonts, times], True)

    screen = Case("screen", [options.plantryk, "render", EXAMPLE / "plan.xml", "-o", work / "screen.pdf"])
    three = Case("all three editions", [options.plantryk, "render", EXAMPLE / "plan.xml", "--edition", "all", "-o", work / "all"])
    start = Case("the bare start (--version)", [options.plantryk, "--version"])
    cases = [screen, three, start] + ([peer_case(1)] if options.peer else [])
    for _ in range(options.runs):
        for case in cases:
            case.run()
    print(f"{'':28} pages   wall ms    cpu ms  ms/page rss MiB  {'wall, cpu against the peer' if options.peer else ''}")
    peer = cases[3] if options.peer else None
    screen.row(pages_of(work / "screen.pdf"), peer)
    three.row(8, screen)
    start.row(0)
    if peer:
        peer.row(pages_of(work / "peer.pdf"))
    print("(the three editions' ratio is to the screen edition)", flush=True)
    for times in (10, 100) if options.long else ():
        folder = work / f"x{times}"
        folder.mkdir()
        case = Case(f"screen x{times}", [options.plantryk, "render", multiply(times, folder), "-o", folder / "o.pdf"])
        other = peer_case(times) if options.peer else None
        for _ in range(3):
            case.run()
            if other:
                other.run()
        case.row(pages_of(folder / "o.pdf"), other)
        if other:
            other.row(pages_of(work / "peer.pdf"))
    shutil.rmtree(work)


main()
