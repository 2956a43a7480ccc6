#!/usr/bin/python3
"""An SVG file as librsvg shows it.

usage: svg_picture.py SVG DPI OUT.png          (exit 77: librsvg is not here)
"""
import ctypes
import sys


class Rectangle(ctypes.Structure):
    _fields_ = [(name, ctypes.c_double) for name in ("x", "y", "width", "height")]


def main():
    name, dpi, out = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    try:
        rsvg, cairo = ctypes.CDLL("librsvg-2.so.2"), ctypes.CDLL("libcairo.so.2")
    except OSError:
        return 77
    for function in (rsvg.rsvg_handle_new_from_file, cairo.cairo_image_surface_create, cairo.cairo_create):
        function.restype = ctypes.c_void_p
    handle = rsvg.rsvg_handle_new_from_file(name.encode(), None)
    if not handle:
        return 1
    handle = ctypes.c_void_p(handle)
    rsvg.rsvg_handle_set_dpi(handle, ctypes.c_double(dpi))
    width, height = ctypes.c_double(), ctypes.c_double()
    if not rsvg.rsvg_handle_get_intrinsic_size_in_pixels(handle, ctypes.byref(width), ctypes.byref(height)):
        return 1
    columns, rows = round(width.value), round(height.value)
    surface = ctypes.c_void_p(cairo.cairo_image_surface_create(1, columns, rows))
    painter = ctypes.c_void_p(cairo.cairo_create(surface))
    cairo.cairo_set_source_rgb(painter, *[ctypes.c_double(1)] * 3)
    cairo.cairo_paint(painter)
    good = rsvg.rsvg_handle_render_document(handle, painter, ctypes.byref(Rectangle(0, 0, columns, rows)), None)
    return 0 if good and cairo.cairo_surface_write_to_png(surface, out.encode()) == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
