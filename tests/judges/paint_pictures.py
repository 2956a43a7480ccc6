#!/usr/bin/env python3
"""The pictures that the plans in tests/strangers name, painted by Ghostscript: a sky, a sun, hills.

usage: paint_pictures.py FOLDER
"""
import pathlib
import subprocess
import sys

SCENE = """%!
/W currentpagedevice /PageSize get 0 get def /H currentpagedevice /PageSize get 1 get def
0 1 40 { /i exch def i 40 div 0.35 0.9 i 90 div sub sethsbcolor 0 H i mul 41 div W H 41 div 1 add rectfill } for
1 0.85 0.4 setrgbcolor W 0.7 mul H 0.7 mul W 0.09 mul 0 360 arc fill
0.1 0.25 0.35 setrgbcolor 0 0 moveto 0 H 0.3 mul lineto W 0.35 mul H 0.5 mul lineto W 0.6 mul H 0.28 mul lineto
W H 0.42 mul lineto W 0 lineto closepath fill showpage
"""
PICTURES = {"wide.jpg": "900x500", "tall.png": "400x800", "round.jpg": "500x500", "portrait.jpg": "400x500"}


def paint_pictures(folder):
    scene = folder / "scene.ps"
    scene.write_text(SCENE)
    for name, size in PICTURES.items():
        device = "jpeg" if name.endswith("jpg") else "png16m"
        subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", f"-sDEVICE={device}", f"-g{size}", "-r72",
                        f"-sOutputFile={folder / name}", scene], check=True)


paint_pictures(pathlib.Path(sys.argv[1]))
