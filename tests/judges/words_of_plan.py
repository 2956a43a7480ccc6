#!/usr/bin/env python3
"""Are all words of a plan in its PDF, in order, none joined, none lost?

usage: words_of_plan.py PLAN.xml FILE.pdf

The plan is read with Python's own XML reader, the PDF with Poppler (text in the order of the structure tree). Each block
of the plan must stand in the PDF as one unbroken run of words; blocks of running text must stand in the plan's order.
Figures that prose names are wild cards: their values are another test's business.
"""
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET

NS = "{urn:plantryk:plan:1}"
BLOCKS = {"title", "lead", "p", "subheading", "item", "term", "cell", "caption", "label", "station", "hub", "hub-second",
          "from", "to", "reason", "source-note", "baseline", "target"}
# Not printed as running text of their own: what they say is shown in other places.
SILENT = {"reason", "summary", "derived-figures", "contact-none"}
WILD = "\x00"


def normal(text):
    """Letters and digits only, so that quotes, dashes and spaces may be the template's."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").casefold()
    return re.findall(r"[^\W_]+|" + WILD, text)


def inline(node, skip=()):
    parts = [node.text or ""]
    for child in node:
        name = child.tag.removeprefix(NS)
        if name in ("figure-value", "figure-trend"):
            parts.append(f" {WILD} ")
        elif name == "ref" and not (child.text or "").strip():
            parts.append(f" {WILD} ")
        elif name == "footnote":
            parts.append(f" {WILD} ")
        elif name == "br":
            parts.append(" ")
        elif name not in skip:
            parts.append(inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def blocks(node, out, path=""):
    for child in node:
        name = child.tag.removeprefix(NS) if isinstance(child.tag, str) else ""
        if not name or name in SILENT:
            continue
        nested = [c for c in child if isinstance(c.tag, str) and c.tag.removeprefix(NS) in BLOCKS | {"list", "definitions"}]
        if name in BLOCKS and not nested:
            words = normal(inline(child))
            if words and not all(w == WILD for w in words):
                out.append((path + "/" + name, words))
        else:
            blocks(child, out, path + "/" + name)


def pdf_words(path):
    raw = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True).stdout.decode("utf-8")
    quoted = re.findall(r'^\s*"(.*)"$', raw, re.M)
    return normal("\n".join(quoted)), normal("".join(quoted))


def drawn_words(path):
    """All text as it is painted, in content order: a Figure's labels are not in the structure's text."""
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True).stdout.decode("utf-8")
    return normal(re.sub(r"\u00ad\n|(?<=[^\W\d_])-\n", "", raw)), normal(raw)


def find(words, run, start=0):
    """First index at which the run stands; a wild card stands for up to six words."""
    pattern = []
    for w in run:
        pattern.append(r"(?: \S+){0,8}?" if w == WILD else " " + re.escape(w))
    text = " " + " ".join(words[start:]) + " "
    m = re.search("".join(pattern) + r"(?= )", text)
    return -1 if not m else start + text[: m.start()].count(" ")


def main(plan, pdf):
    out = []
    root = ET.parse(plan).getroot()
    contact = root.find(NS + "contact")
    if contact is not None:                # written among the plan's facts, printed at its end
        root.remove(contact)
        root.append(contact)
    blocks(root, out)
    with_breaks, joined = pdf_words(pdf)
    drawn, drawn_hyphens = drawn_words(pdf)
    lost = 0
    for path, words in out:
        places = (drawn, drawn_hyphens) if re.search("/(illustration|key-figure)/", path) else (with_breaks, joined)
        if all(find(place, words) < 0 for place in places):
            print(f"not in the PDF as one run: {path}: {' '.join(words)[:90]}")
            lost += 1
    prose = [(p, w) for p, w in out if re.search(r"/(p|lead)$", p) and len(w) > 6]
    at = 0
    for path, words in prose:
        here = find(joined, words, 0)
        if 0 <= here < at:
            print(f"out of order: {path}: {' '.join(words)[:90]}")
            lost += 1
        at = max(at, here)
    print(f"{len(out)} blocks, {sum(len(w) for _, w in out)} words, {lost} lost or out of order")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
