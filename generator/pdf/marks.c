/* Printer's marks: where to cut and where the plates must meet (after ISO 12647-1 and common practice: hairlines in all
   inks, none inside the bleed). */
#include "pdf/paint.h"

static const double line_width = 0.25;
static const double gap = 2;               /* between bleed and mark */
static const double longest = 14.2;        /* of a crop mark, 5 mm */
static const double target = 4;            /* radius of a registration mark */

void pdf_marks_clip(struct pdf_content *c, const struct pdf_page *page)
{
    double b = page->document->options.bleed;
    struct path box = PATH_EMPTY;
    path_rect(&box, (struct rect){ -b, -b, page->width + 2 * b, page->height + 2 * b });
    pdf_content_save(c);
    pdf_content_clip(c, &box, false);
    path_free(&box);
}

/* "All" puts the same tint on every plate (ISO 32000-1, 8.6.6.4). */
static void use_all_plates(struct pdf_content *c)
{
    static const struct pdf_colour all = { 4, { 1, 1, 1, 1 }, "All" };
    unsigned index = pdf_colour_separation(c->document, &all);
    pdf_content_use(c, PDF_COLOURSPACE, index, 0);
    pdf_content_put_name(c, PDF_COLOURSPACE, index);
    buf_puts(&c->out, "CS 1 SCN\n");
    pdf_put_real(&c->out, line_width, 3);
    buf_puts(&c->out, " w\n");
}

static void line(struct pdf_content *c, double x0, double y0, double x1, double y1)
{
    pdf_content_put(c, c->x0 + x0);
    pdf_content_put(c, c->y0 - y0);
    buf_puts(&c->out, "m\n");
    pdf_content_put(c, c->x0 + x1);
    pdf_content_put(c, c->y0 - y1);
    buf_puts(&c->out, "l\nS\n");
}

static void crop_marks(struct pdf_content *c, const struct pdf_page *page)
{
    const struct pdf_options *o = &page->document->options;
    double near = o->bleed + gap, far = o->bleed + (o->slug < gap + longest ? o->slug : gap + longest);
    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? page->width : 0, y = corner & 2 ? page->height : 0;
        double right = corner & 1 ? 1 : -1, down = corner & 2 ? 1 : -1;
        line(c, x + right * near, y, x + right * far, y);
        line(c, x, y + down * near, x, y + down * far);
    }
}

static void registration_mark(struct pdf_content *c, double x, double y, double room)
{
    double r = room / 2 < target ? room / 2 : target;
    struct path circle = PATH_EMPTY;
    path_circle(&circle, x, y, r * 0.6);
    line(c, x - r, y, x + r, y);
    line(c, x, y - r, x, y + r);
    pdf_content_trace(c, &circle);
    buf_puts(&c->out, "S\n");
    path_free(&circle);
}

static void registration_marks(struct pdf_content *c, const struct pdf_page *page)
{
    const struct pdf_options *o = &page->document->options;
    double room = o->slug - gap, away = o->bleed + gap + room / 2;
    registration_mark(c, page->width / 2, -away, room);
    registration_mark(c, page->width / 2, page->height + away, room);
    registration_mark(c, -away, page->height / 2, room);
    registration_mark(c, page->width + away, page->height / 2, room);
}

void pdf_marks_paint(struct pdf_content *c, const struct pdf_page *page)
{
    const struct pdf_options *o = &page->document->options;
    pdf_content_restore(c);
    if (!o->crop_marks && !o->registration_marks)
        return;
    buf_puts(&c->out, "/Artifact<</Type/Page>>BDC\nq\n");
    use_all_plates(c);
    if (o->crop_marks)
        crop_marks(c, page);
    if (o->registration_marks)
        registration_marks(c, page);
    buf_puts(&c->out, "Q\nEMC\n");
}
