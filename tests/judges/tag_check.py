#!/usr/bin/python3
"""Marked content and structure tree of a PDF, read with another library (pikepdf): do they fit together?

usage: tag_check.py FILE.pdf...

  nesting     q ... Q, BT ... ET and BDC ... EMC are closed in the order they were opened
  ink         everything painted stands in marked content or an artifact
  parents     entry n of a page's parent array is an element that has mark n of that page among its kids
  kids        every mark a kid names is on its page, once; every kid's P leads back
  links       every annotation's StructParent is a Link that has it as OBJR, and it has /Contents
  ids         /Headers name elements that are in the IDTree
"""
import sys

import pikepdf

OPEN = {"q": "q", "BT": "BT", "BDC": "BDC", "BMC": "BDC"}
CLOSE = {"Q": "q", "ET": "BT", "EMC": "BDC"}
PAINT = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI"}


def number_tree(node, out):
    for kid in node.get("/Kids", []):
        number_tree(kid, out)
    nums = list(node.get("/Nums", []))
    for i in range(0, len(nums), 2):
        out[int(nums[i])] = nums[i + 1]


def name_tree(node, out):
    for kid in node.get("/Kids", []):
        name_tree(kid, out)
    names = list(node.get("/Names", []))
    for i in range(0, len(names), 2):
        out[bytes(names[i])] = names[i + 1]


def marks_of(page, where, faults):
    """MCIDs of a page in the order of painting; notes bad nesting and stray ink."""
    stack, marks = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        op = str(operator)
        if op in OPEN:
            stack.append(OPEN[op])
            if op == "BDC" and "/MCID" in operands[1]:
                marks.append(int(operands[1]["/MCID"]))
        elif op in CLOSE:
            if not stack or stack.pop() != CLOSE[op]:
                faults.append(f"{where}: {op} closes what was not opened last")
                return marks
        elif op in PAINT and "BDC" not in stack:
            faults.append(f"{where}: {op} paints outside marked content")
    if stack:
        faults.append(f"{where}: {len(stack)} left open: {stack}")
    return marks


def walk(element, parent, out, faults):
    """Every element with the marks and annotations it names: (element, page, mcid or annotation)."""
    if parent is not None and element["/P"].objgen != parent.objgen:
        faults.append(f"element {element.objgen}: /P leads elsewhere")
    page = element.get("/Pg")
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            out.append((element, page, kid))
        elif kid.get("/Type") == "/MCR":
            out.append((element, kid.get("/Pg", page), int(kid["/MCID"])))
        elif kid.get("/Type") == "/OBJR":
            out.append((element, kid.get("/Pg", page), kid["/Obj"]))
        else:
            walk(kid, element, out, faults)


def check_headers(element, ids, faults):
    for attributes in [element.get("/A", {})]:
        for header in attributes.get("/Headers", []):
            if bytes(header) not in ids:
                faults.append(f"element {element.objgen}: header {header} is not in the IDTree")


def check(path):
    faults = []
    with pikepdf.open(path) as pdf:
        tree = pdf.Root["/StructTreeRoot"]
        parents, ids, kids = {}, {}, []
        number_tree(tree["/ParentTree"], parents)
        if "/IDTree" in tree:
            name_tree(tree["/IDTree"], ids)
        for top in tree["/K"]:
            walk(top, tree, kids, faults)
        named = {}
        for element, page, what in kids:
            key = (page.objgen, what if isinstance(what, int) else what.objgen)
            if key in named:
                faults.append(f"{key} is named twice")
            named[key] = element
            check_headers(element, ids, faults)
        for i, page in enumerate(pdf.pages):
            check_page(page, f"{path}: page {i + 1}", parents, named, faults)
    return faults


def check_page(page, where, parents, named, faults):
    marks = marks_of(page, where, faults)
    owners = parents.get(int(page.get("/StructParents", -1)), [])
    if sorted(marks) != list(range(len(owners))):
        faults.append(f"{where}: {len(marks)} marks, {len(owners)} entries in the parent tree")
    for mcid in marks:
        element = named.get((page.objgen, mcid))
        if element is None:
            faults.append(f"{where}: mark {mcid} belongs to no element")
        elif mcid < len(owners) and owners[mcid].objgen != element.objgen:
            faults.append(f"{where}: mark {mcid}: the parent tree names another element")
    for annotation in page.get("/Annots", []):
        element = named.get((page.objgen, annotation.objgen))
        parent = parents.get(int(annotation.get("/StructParent", -1)))
        if element is None or parent is None or parent.objgen != element.objgen or element["/S"] != "/Link":
            faults.append(f"{where}: annotation {annotation.objgen} is tied to no Link")
        if not str(annotation.get("/Contents", "")):
            faults.append(f"{where}: annotation {annotation.objgen} says nothing")


def main():
    faults = [fault for path in sys.argv[1:] for fault in check(path)]
    for fault in faults:
        print(fault)
    print(f"tag_check: {len(sys.argv) - 1} files, {len(faults)} faults")
    return 1 if faults or len(sys.argv) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
