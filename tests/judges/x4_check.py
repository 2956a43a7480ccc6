#!/usr/bin/python3
"""PDF/X-4 (ISO 15930-7) as far as a press file of ours can break it, read with pikepdf.

usage: x4_check.py FILE.pdf...          lists every breach, exit 1 when there is one
       x4_check.py --self-test FILE.pdf takes a good file, breaks each rule in turn, and fails on a rule that lets it pass

Stricter than the standard in one point: no RGB of any kind, not even with a profile, since the palette names its inks.
"""
import re
import sys
import tempfile

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

FORBIDDEN_SPACES = {"/DeviceRGB", "/CalRGB", "/Lab"}
BLEND_MODES = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge",
               "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color",
               "/Luminosity"}


def box(page, name):
    node = page.obj
    while node is not None:
        if name in node:
            return [float(v) for v in node[name]]
        node = node.get("/Parent") if name in ("/MediaBox", "/CropBox") else None
    return None


def inside(inner, outer, slack=0.01):
    return (inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and
            inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack)


def xmp_of(pdf):
    return pdf.Root.Metadata.read_bytes().decode("utf-8") if "/Metadata" in pdf.Root else ""


def xmp_value(xmp, name):
    found = re.search(rf'<{name}>(.*?)</{name}>|{name}="(.*?)"', xmp, re.S)
    if not found:
        return None
    text = found.group(1) if found.group(1) is not None else found.group(2)
    return re.sub(r"<[^>]+>", "", text).strip()


def pdf_date(text):
    return re.sub(r"\D", "", str(text))[:14]


def is_rgb(space):
    """Whether a colour space is RGB in any of its parts."""
    if space is None:
        return False
    if isinstance(space, Name):
        return str(space) in FORBIDDEN_SPACES
    if isinstance(space, Array) and len(space):
        kind = str(space[0])
        if kind in FORBIDDEN_SPACES:
            return True
        if kind == "/ICCBased":
            return int(space[1].get("/N", 0)) == 3
        if kind in ("/Indexed", "/Pattern") and len(space) > 1:
            return is_rgb(space[1])
        if kind in ("/Separation", "/DeviceN"):
            return is_rgb(space[2])
    return False


# ---- the rules: name, what it reads, what it says; a rule yields breaches as text -----------------------------------

def rule_version(pdf):
    if pdf.pdf_version not in ("1.6", "1.5", "1.4"):
        yield f"the header says PDF {pdf.pdf_version}; PDF/X-4 stands on 1.6"


def rule_identification(pdf):
    if xmp_value(xmp_of(pdf), "pdfxid:GTS_PDFXVersion") != "PDF/X-4":
        yield "the XMP does not say pdfxid:GTS_PDFXVersion PDF/X-4"


def rule_trapped(pdf):
    info = str(pdf.docinfo.get("/Trapped", "")) if pdf.docinfo is not None else ""
    if info not in ("/True", "/False"):
        yield "the Info dictionary does not say whether the file is trapped"
    elif xmp_value(xmp_of(pdf), "pdf:Trapped") != info[1:]:
        yield "pdf:Trapped in the XMP differs from the Info dictionary"


def rule_info_agrees(pdf):
    xmp = xmp_of(pdf)
    for key, name in (("/Title", "dc:title"), ("/Producer", "pdf:Producer"), ("/Creator", "xmp:CreatorTool")):
        if key in pdf.docinfo and xmp_value(xmp, name) != str(pdf.docinfo[key]):
            yield f"{name} in the XMP differs from {key} in the Info dictionary"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if key not in pdf.docinfo:
            yield f"the Info dictionary has no {key}"
        elif pdf_date(pdf.docinfo[key]) != pdf_date(xmp_value(xmp, name)):
            yield f"{name} in the XMP differs from {key} in the Info dictionary"


def rule_ids(pdf):
    if "/ID" not in pdf.trailer or len(pdf.trailer.ID) != 2:
        yield "the trailer has no /ID of two parts"
    if not xmp_value(xmp_of(pdf), "xmpMM:DocumentID"):
        yield "the XMP has no xmpMM:DocumentID"


def rule_output_intent(pdf):
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents of PDF/X, not one"
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent names no output condition"
    profile = intents[0].get("/DestOutputProfile")
    if profile is None:
        yield "the output intent embeds no profile"
        return
    head = profile.read_bytes()[:128]
    if head[12:16] != b"prtr" or head[16:20] != b"CMYK" or int(profile.get("/N", 0)) != 4:
        yield "the output profile is not a CMYK printer profile"


def rule_boxes(pdf):
    for n, page in enumerate(pdf.pages, 1):
        media, trim, bleed = box(page, "/MediaBox"), box(page, "/TrimBox"), box(page, "/BleedBox")
        if trim is None or bleed is None:
            yield f"page {n} has no TrimBox or no BleedBox"
            continue
        if "/ArtBox" in page.obj:
            yield f"page {n} has an ArtBox beside its TrimBox"
        if not inside(trim, bleed) or not inside(bleed, media):
            yield f"page {n}: TrimBox, BleedBox and MediaBox do not lie within one another"
        crop = box(page, "/CropBox")
        if crop is not None and not inside(bleed, crop):
            yield f"page {n}: the CropBox cuts the bleed"


def fonts(pdf):
    seen = set()
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == "/Font" and obj.objgen not in seen:
            seen.add(obj.objgen)
            yield obj


def rule_fonts(pdf):
    for font in fonts(pdf):
        if font.get("/Subtype") == "/Type0" or font.get("/Subtype") == "/Type3":
            continue
        descriptor = font.get("/FontDescriptor", Dictionary())
        if not any(k in descriptor for k in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"the font {font.get('/BaseFont')} is not embedded"


def streams_with_content(pdf):
    for n, page in enumerate(pdf.pages, 1):
        yield f"page {n}", page
    for obj in pdf.objects:
        if isinstance(obj, Stream) and (obj.get("/Subtype") == "/Form" or obj.get("/PatternType") == 1):
            yield f"object {obj.objgen[0]}", obj


def rule_no_rgb_operators(pdf):
    for name, where in streams_with_content(pdf):
        for operands, operator in pikepdf.parse_content_stream(where):
            op = str(operator)
            if op in ("rg", "RG"):
                yield f"{name}: the operator {op} paints in RGB"
                break
            if op in ("cs", "CS") and str(operands[0]) in FORBIDDEN_SPACES:
                yield f"{name}: {operands[0]} is chosen"
                break


def rule_no_rgb_objects(pdf):
    for obj in pdf.objects:
        if not isinstance(obj, (Dictionary, Stream)):
            continue
        for key in ("/ColorSpace", "/CS"):
            space = obj.get(key)
            if isinstance(space, Dictionary) and not isinstance(space, Stream):
                for sub in space.keys():
                    if is_rgb(space[sub]):
                        yield f"object {obj.objgen[0]}: the colour space {sub} is RGB"
            elif is_rgb(space):
                yield f"object {obj.objgen[0]}: {key} is RGB"
        group = obj.get("/Group")
        if isinstance(group, Dictionary) and is_rgb(group.get("/CS")):
            yield f"object {obj.objgen[0]}: its transparency group blends in RGB"
        shading = obj.get("/Shading")
        if isinstance(shading, Dictionary):
            for sub in shading.keys():
                if isinstance(shading[sub], Dictionary) and is_rgb(shading[sub].get("/ColorSpace")):
                    yield f"object {obj.objgen[0]}: the shading {sub} is RGB"


def rule_no_actions(pdf):
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in pdf.Root and (key != "/OpenAction" or isinstance(pdf.Root[key], Dictionary)):
            yield f"the catalog has {key}"
    if "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "the catalog holds JavaScript"
    for n, page in enumerate(pdf.pages, 1):
        if "/AA" in page.obj:
            yield f"page {n} has actions"
        trim = box(page, "/BleedBox") or box(page, "/MediaBox")
        for note in page.obj.get("/Annots", []):
            if "/A" in note or "/AA" in note:
                yield f"page {n}: an annotation carries an action"
            rect = [float(v) for v in note.get("/Rect", [0, 0, 0, 0])]
            outside = rect[2] <= trim[0] or rect[0] >= trim[2] or rect[3] <= trim[1] or rect[1] >= trim[3]
            if note.get("/Subtype") not in ("/PrinterMark", "/TrapNet") and not outside:
                yield f"page {n}: a {note.get('/Subtype')} annotation lies on the printed area"


def rule_no_encryption(pdf):
    if pdf.is_encrypted:
        yield "the file is encrypted"


def rule_no_attachments(pdf):
    if "/EmbeddedFiles" in pdf.Root.get("/Names", Dictionary()):
        yield "the file carries attachments"


def rule_graphics_states(pdf):
    for obj in pdf.objects:
        if not isinstance(obj, Dictionary):
            continue
        for key in ("/TR", "/HTP"):
            if key in obj and (obj.get("/Type") == "/ExtGState"):
                yield f"object {obj.objgen[0]}: a graphics state sets {key}"
        for state in (obj.get("/ExtGState") or {}).values() if isinstance(obj.get("/ExtGState"), Dictionary) else []:
            if "/TR" in state or "/HTP" in state:
                yield f"object {obj.objgen[0]}: a graphics state sets a transfer function"
            mode = state.get("/BM")
            if mode is not None and str(mode) not in BLEND_MODES:
                yield f"object {obj.objgen[0]}: unknown blend mode {mode}"


def rule_filters(pdf):
    for obj in pdf.objects:
        if isinstance(obj, Stream):
            filters = obj.get("/Filter", [])
            for name in ([filters] if isinstance(filters, Name) else filters):
                if str(name) in ("/LZWDecode", "/Crypt"):
                    yield f"object {obj.objgen[0]}: {name} is not allowed"
            if obj.get("/Subtype") == "/PS":
                yield f"object {obj.objgen[0]}: PostScript is not allowed"
            if "/OPI" in obj or "/Alternates" in obj:
                yield f"object {obj.objgen[0]}: OPI and alternate images are not allowed"


# ---- how each rule is broken by the self-test ---------------------------------------------------------------------------

def edit_xmp(pdf, old, new):
    data = xmp_of(pdf)
    assert old in data, old
    pdf.Root.Metadata.write(data.replace(old, new).encode("utf-8"))


def prepend(pdf, code):
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(code), prepend=True)


def break_version(pdf):
    return {"force_version": "1.7"}


def break_trapped(pdf):
    del pdf.docinfo["/Trapped"]


def break_info(pdf):
    pdf.docinfo["/Title"] = "another"


def break_ids(pdf):
    edit_xmp(pdf, "xmpMM:DocumentID", "xmpMM:Other")


def break_intent(pdf):
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


def break_boxes(pdf):
    pdf.pages[0].obj["/TrimBox"] = Array([-100, -100, 5000, 5000])


def break_fonts(pdf):
    for font in fonts(pdf):
        if "/FontDescriptor" in font:
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in font.FontDescriptor:
                    del font.FontDescriptor[key]


def break_group(pdf):
    pdf.pages[0].obj["/Group"] = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


def break_action(pdf):
    pdf.Root["/OpenAction"] = Dictionary(S=Name.JavaScript, JS="1")


def break_link(pdf):
    trim = box(pdf.pages[0], "/TrimBox")
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(trim), F=4)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def break_attachment(pdf):
    pdf.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))


def break_state(pdf):
    state = pdf.make_indirect(Dictionary(Type=Name.ExtGState, TR=Name.Identity))
    resources = pdf.pages[0].obj.get("/Resources", pdf.pages[0].resources)
    resources["/ExtGState"] = Dictionary(Bad=state)


def break_filter(pdf):
    pdf.Root["/Extra"] = pdf.make_indirect(Stream(pdf, b"", Dictionary(Subtype=Name.PS)))


RULES = [
    (rule_version, break_version),
    (rule_identification, lambda pdf: edit_xmp(pdf, "PDF/X-4", "PDF/X-9")),
    (rule_trapped, break_trapped),
    (rule_info_agrees, break_info),
    (rule_ids, break_ids),
    (rule_output_intent, break_intent),
    (rule_boxes, break_boxes),
    (rule_fonts, break_fonts),
    (rule_no_rgb_operators, lambda pdf: prepend(pdf, b"1 0 0 rg ")),
    (rule_no_rgb_operators, lambda pdf: prepend(pdf, b"/DeviceRGB cs ")),
    (rule_no_rgb_objects, break_group),
    (rule_no_actions, break_action),
    (rule_no_actions, break_link),
    (rule_no_attachments, break_attachment),
    (rule_graphics_states, break_state),
    (rule_filters, break_filter),
]


def check(path):
    with pikepdf.open(path) as pdf:
        done, breaches = set(), []
        for rule, _ in RULES + [(rule_no_encryption, None)]:
            if rule not in done:
                done.add(rule)
                breaches += [(rule.__name__, text) for text in rule(pdf)]
    return breaches


def self_test(path):
    failed = 0
    for rule, harm in RULES:
        with pikepdf.open(path) as pdf, tempfile.NamedTemporaryFile(suffix=".pdf") as out:
            how = harm(pdf) or {}
            pdf.save(out.name, fix_metadata_version=False, **how)
            caught = [name for name, _ in check(out.name)]
        if rule.__name__ not in caught:
            print(f"{rule.__name__}: a broken file passes (caught: {caught})")
            failed += 1
    print(f"{len(RULES) - failed} of {len(RULES)} broken files rejected")
    return failed


def main(argv):
    if argv[:1] == ["--self-test"]:
        return 1 if self_test(argv[1]) else 0
    found = 0
    for path in argv:
        for name, text in check(path):
            print(f"{path}: {name}: {text}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
