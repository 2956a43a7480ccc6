/* The furniture of a page: grounds and art behind, folio, running titles and the dots of the focus areas. All of it is
   artifacts: a screen reader is told once what the pages repeat. Places come from the template's masters. */
#include <string.h>

#include "compose/run.h"

const struct design_element *run_master(const struct run *run, const char *name)
{
    for (const struct design_element *master = run->design->masters; master; master = master->next)
        if (!strcmp(design_attribute(master, "name"), name))
            return master;
    return NULL;
}

/* ---- fields ---------------------------------------------------------------------------------------------------------- */
static const char *part_title(struct run *run, const struct plan_part *part, const char *lang)
{
    if (!part || !part->title)
        return NULL;
    return part->short_title ? part->short_title : run_plain(run, part->title, lang);
}

static const struct plan_part *chapter_of(const struct plan_part *part)
{
    while (part && part->parent)
        part = part->parent;
    return part;
}

const char *run_field(struct run *run, const struct run_context *context, const char *name, const char *lang)
{
    const struct plan *plan = run->plan;
    const struct { const char *name, *value; } fields[] = {
        { "title", plan->title },
        { "subtitle", plan->subtitle },
        { "short-title", plan->short_title ? plan->short_title : plan->title },
        { "organisation", plan->organisation },
        { "unit", plan->unit_name },
        { "period", plan->period },
        { "adopted", plan->adopted },
        { "part-title", context ? part_title(run, context->part, lang) : NULL },
        { "chapter-title", context ? part_title(run, chapter_of(context->part), lang) : NULL },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(name, fields[i].name))
            return fields[i].value;
    return NULL;
}

/* ---- which page ---------------------------------------------------------------------------------------------------------- */
struct sheet {
    struct run *run;
    struct display_page *page;
    bool left;                             /* a left-hand page */
    bool first;                            /* the first of its sequence */
    const struct plan_part *chapter;       /* that the page begins in or carries on */
};

static bool is_left(const struct run *run, const struct display_page *page)
{
    return run->design->page.facing && page->index % 2 == 1;
}

/* The chapter that a page carries on, or that begins it: a later one on the same page does not name it. A heading little more than
   two lines below the top begins its page too, in a padded box: what another chapter leaves there takes two lines and air. */
static const struct plan_part *chapter_on_top(struct run *run, int index, bool first)
{
    const double top = run->design->page.first_baseline + 2.25 * run->design->page.baseline_step;
    const struct plan_part *here = NULL;
    bool on_top = first;
    for (const struct run_heading *h = run->passed ? run->passed : run->first_heading; h; h = h->next) {
        int page = h->part->depth == 1 && h->part != run->front ? run_heading_page(h) : -1;
        if (page >= 0 && page < index) {
            run->passed = h;
        } else if (page == index && !here) {
            here = h->part;
            on_top |= run_heading_top(h) < top;
        }
    }
    const struct plan_part *before = run->passed ? run->passed->part : NULL;
    return here && (on_top || !before) ? here : before;
}

static bool begins_sequence(const struct run *run, int index)
{
    return run->sequence->content->page == index && run->sequence->content->first;
}

static struct sheet sheet_of(struct run *run, struct display_page *page)
{
    struct sheet sheet = { .run = run, .page = page, .left = is_left(run, page) };
    sheet.first = begins_sequence(run, page->index);
    sheet.chapter = chapter_on_top(run, page->index, sheet.first);
    return sheet;
}

static bool stands_on(const struct sheet *sheet, const struct design_element *e)
{
    const char *on = design_attribute(e, "on");
    return !on || (!strcmp(on, "first") && sheet->first) || (!strcmp(on, "later") && !sheet->first) ||
           (!strcmp(on, "left") && sheet->left) || (!strcmp(on, "right") && !sheet->left);
}

/* ---- places -------------------------------------------------------------------------------------------------------------- */
static bool from_right(const struct sheet *sheet, const struct design_element *e)
{
    const char *at = design_attribute(e, "at");
    return at && (!strcmp(at, "right") || (!strcmp(at, "outside") && !sheet->left) ||
                  (!strcmp(at, "inside") && sheet->left));
}

/* The left edge of something `width` wide. */
static double place_x(const struct sheet *sheet, const struct design_element *e, double width)
{
    double page = sheet->page->width, x = design_length(sheet->run->design, e, "x", page, 0);
    return from_right(sheet, e) ? page - x - width : x;
}

static double place_y(const struct sheet *sheet, const struct design_element *e)
{
    return design_length(sheet->run->design, e, "y", sheet->page->height, 0);
}

static struct rect frame_of(const struct sheet *sheet, const struct design_element *e)
{
    const struct design *design = sheet->run->design;
    double width = design_length(design, e, "width", sheet->page->width, 0);
    double height = design_length(design, e, "height", sheet->page->height, 0);
    struct rect frame = { place_x(sheet, e, width), place_y(sheet, e), width, height };
    return frame;
}

/* What touches the edge of the sheet runs out over it, so that no white line is left when it is cut. */
static struct rect bled(const struct sheet *sheet, struct rect frame)
{
    double bleed = sheet->run->design->page.bleed, right = frame.x + frame.width, bottom = frame.y + frame.height;
    double x = frame.x <= 0.01 ? -bleed : frame.x, y = frame.y <= 0.01 ? -bleed : frame.y;
    if (right >= sheet->page->width - 0.01)
        right = sheet->page->width + bleed;
    if (bottom >= sheet->page->height - 0.01)
        bottom = sheet->page->height + bleed;
    return (struct rect){ x, y, right - x, bottom - y };
}

/* ---- pieces ---------------------------------------------------------------------------------------------------------------- */
static void draw_fill(const struct sheet *sheet, const struct design_element *e)
{
    const struct design_colour *colour = run_colour(sheet->run, design_attribute(e, "colour"), 0);
    sheet->page->layer = DISPLAY_LAYER_BACKGROUND;
    sheet->page->bleeds = true;
    display_mark_artifact(sheet->page, DISPLAY_ARTIFACT_BACKGROUND);
    if (colour)
        display_add_rect(sheet->page, bled(sheet, frame_of(sheet, e)), colour);
    sheet->page->bleeds = false;
}

static void draw_art(const struct sheet *sheet, const struct design_element *e)
{
    struct run *run = sheet->run;
    const struct image_vector *art = run_art(run, design_attribute(e, "src"), e->at, true);
    const char *hue = design_attribute(e, "hue");
    if (!art)
        return;
    struct rect frame = frame_of(sheet, e);
    struct affine scale = affine_scale(frame.width / art->width, frame.height / art->height);
    const struct display_symbol *symbol =
        display_symbol_of(run->document, art, hue && *hue >= '1' && *hue <= '9' ? *hue - '0' : 0,
                          (int)run->plan->area_count);
    sheet->page->layer = DISPLAY_LAYER_FIELD + 5;
    sheet->page->bleeds = true;
    display_mark_artifact(sheet->page, DISPLAY_ARTIFACT_BACKGROUND);
    display_add_symbol(sheet->page, symbol, affine_multiply(scale, affine_translate(frame.x, frame.y)));
    sheet->page->bleeds = false;
}

static const char *line_text(const struct sheet *sheet, const struct design_element *e)
{
    struct run *run = sheet->run;
    struct run_context context = { .part = sheet->chapter, .lang = run->plan->lang };
    struct buf text = BUF_EMPTY;
    for (const struct design_element *piece = e->first; piece; piece = piece->next) {
        const char *name = design_attribute(piece, "name"), *words = NULL;
        if (!strcmp(piece->name, "word"))
            words = design_word(run->design, run->plan->lang, design_attribute(piece, "key"));
        else if (!strcmp(name, "page"))
            words = sheet->page->label;
        else
            words = run_field(run, &context, name, run->plan->lang);
        buf_printf(&text, "%s%s", text.length && words && *words ? " " : "", words ? words : "");
    }
    char *kept = arena_strdup(sheet->page->arena, buf_text(&text));
    buf_free(&text);
    return kept;
}

/* As many words as go into the width, with an ellipsis behind them: what is furniture may be shortened. */
static const char *shortened(const struct sheet *sheet, const struct design_style *style, const char *text, double width)
{
    struct run *run = sheet->run;
    char *words = arena_strdup(sheet->page->arena, text), *space;
    if (!(width > 0))
        return text;
    while (text_width(run->engine, style, run->plan->lang, text) > width && (space = strrchr(words, ' '))) {
        *space = '\0';
        text = arena_printf(sheet->page->arena, "%s\u2026", words);
    }
    return text;
}

static void draw_line(const struct sheet *sheet, const struct design_element *e)
{
    struct run *run = sheet->run;
    const struct design_style *style = run_style(run, design_attribute(e, "style"), e->at);
    const char *text = line_text(sheet, e);
    if (!*text)
        return;
    text = shortened(sheet, style, text, design_length(run->design, e, "width", sheet->page->width, 0));
    const struct design_colour *colour = run_colour(run, design_attribute(e, "colour"), 0);
    struct run_text words = run_words(run, text, style, colour, run->plan->lang, e->at);
    struct text_para *para = text_para_new(run->engine, words.spans, words.count);
    double width = text_para_natural_width(para);
    struct text_room room = { 0, width + 1, false, false };
    struct text_request request = { .rooms = &room, .room_count = 1, .align = DESIGN_START };
    struct text_lines lines = text_para_break(para, &request, sheet->page->arena);
    display_mark_artifact(sheet->page, DISPLAY_ARTIFACT_PAGINATION);
    sheet->page->layer = DISPLAY_LAYER_CONTENT;
    if (lines.count)
        display_add_line(sheet->page, para, &lines.lines[0], place_x(sheet, e, width), place_y(sheet, e));
    text_para_free(para);
}

static void dot_shape(struct path *path, const struct design_element *e, double x, double y, double size)
{
    const char *shape = design_attribute(e, "shape");
    if (shape && !strcmp(shape, "square"))
        path_rect(path, (struct rect){ x, y, size, size });
    else
        path_circle(path, x + size / 2, y + size / 2, size / 2);
}

/* One dot a focus area: filled where the area stands on the page. A page without any is about all of them. */
static void draw_dots(const struct sheet *sheet, const struct design_element *e)
{
    const struct run *run = sheet->run;
    double size = design_length(run->design, e, "size", 0, 4.5), pitch = design_length(run->design, e, "pitch", 0, 8);
    size_t count = run->plan->area_count;
    double x = place_x(sheet, e, pitch * (double)(count ? count - 1 : 0) + size), y = place_y(sheet, e) - size;
    unsigned long on = sheet->page->areas;
    display_mark_artifact(sheet->page, DISPLAY_ARTIFACT_PAGINATION);
    sheet->page->layer = DISPLAY_LAYER_CONTENT;
    for (size_t i = 0; i < count; i++) {
        bool filled = !on || (on >> i & 1);
        double inset = filled ? 0 : 0.3;
        struct path path = PATH_EMPTY;
        dot_shape(&path, e, x + pitch * (double)i + inset, y + inset, size - 2 * inset);
        if (filled)
            display_fill(sheet->page, &path, run_colour(run, "main", (int)i + 1));
        else
            display_stroke(sheet->page, &path, run_colour(run, "grey", 0), 0.6);
        path_free(&path);
    }
}

static void draw_master(const struct sheet *sheet, const struct design_element *master)
{
    static const struct {
        const char *name;
        void (*draw)(const struct sheet *, const struct design_element *);
    } pieces[] = { { "fill", draw_fill }, { "art", draw_art }, { "line", draw_line }, { "dots", draw_dots } };
    const char *like = design_attribute(master, "like");
    const struct design_element *other = like ? run_master(sheet->run, like) : NULL;
    for (const struct design_element *e = master->first; e; e = e->next)
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
            if (!strcmp(e->name, pieces[i].name) && stands_on(sheet, e))
                pieces[i].draw(sheet, e);
    if (other && other != master)
        draw_master(sheet, other);
}

static const char *roman(struct run *run, int n)
{
    static const struct { int value; const char *digits; } steps[] = { { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" },
                                                                       { 1, "i" } };
    const char *text = "";
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            text = arena_printf(run->building, "%s%s", text, steps[i].digits);
    return text;
}

void run_furniture(void *data, struct display_page *page)
{
    struct run *run = data;
    if (run->front)                        /* i, ii, ... before page 1, whose number stays */
        page->label = roman(run, page->index + 1);
    struct sheet sheet = sheet_of(run, page);
    const struct design_element *master = page->master ? run_master(run, page->master) : NULL;
    if (master)
        draw_master(&sheet, master);
    if (run->options->draft)
        run_draft(run, page, sheet.left || !run->design->page.facing);
}
