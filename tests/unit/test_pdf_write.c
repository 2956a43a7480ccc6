/* The writer as a whole: what a sample page becomes, and what is refused. With arguments it writes the sample's editions
   into a folder, for the judges of tests/writer.test. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/output.h"
#include "pdf/read.h"
#include "sample.h"
#include "unit.h"

static struct sample s;

static void setup(void)
{
    memset(&s, 0, sizeof s);
    sample_begin(&s);
}

static void teardown(void)
{
    sample_end(&s);
}

static void full_page(void)
{
    sample_page(&s, "1");
    sample_prose(&s);
    sample_table(&s);
    sample_list(&s);
    sample_figure(&s);
}

/* Readable by eye and by strstr, unless `options` say other. */
static struct pdf_options plain(unsigned claims)
{
    return (struct pdf_options){ .claims = claims, .title = "Prøve", .lang = "da", .date = 1608249600, .id_seed = "seed",
                                 .icc = "profile", .icc_size = 7, .classic = true };
}

static size_t roots = 1;       /* 0: the pages have no structure */

static bool write_with(const struct pdf_options *options, struct buf *out)
{
    struct pdf_document *pdf = pdf_new(options, s.diag);
    display_finish(s.doc);
    for (size_t i = 0; i < s.doc->page_count; i++) {
        struct display_page *page = display_open_page(s.doc, i);
        ck_assert(pdf_paint(pdf, page));
        display_close_page(page);
    }
    const struct display_node *root = s.doc->root;
    bool good = pdf_finish(pdf, &root, roots, out);
    pdf_free(pdf);
    return good;
}

static size_t count_of(const struct buf *file, const char *what)
{
    size_t n = 0, length = strlen(what);
    for (size_t i = 0; i + length <= file->length; i++)
        n += !memcmp(file->data + i, what, length);
    return n;
}

static void assert_has(const struct buf *file, const char *what)
{
    ck_assert_msg(count_of(file, what) > 0, "missing: %s", what);
}

/* ---- what a page becomes ------------------------------------------------------------------------------- */

START_TEST(the_tree_says_what_the_display_list_says)
{
    struct buf file = BUF_EMPTY;
    full_page();
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    static const char *const facts[] = {
        "/S/H1/", "/S/Link/", "/S/Table/", "/A<</O/Table/Scope/Column>>", "/A<</O/Table/Scope/Row>>",
        "/A<</O/List/ListNumbering/Disc>>", "/Alt<FEFF", "/A<</O/Layout/Placement/Block/BBox[", "/Type/OBJR", "/IDTree",
        "/URI(https://viborg.dk/plan)", "/Contents(kommunens plan)", "/Title<FEFF", "/Nums[0<</S/D/St 1>>]",
        "/Lang <6461>",
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_has(&file, facts[i]);
    buf_free(&file);
}
END_TEST

START_TEST(a_link_stands_inside_its_paragraph)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    sample_prose(&s);
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    const char *p = memmem(file.data, file.length, "/S/P/", 5);        /* H1 has mark 0, the link's words mark 2 */
    ck_assert_ptr_nonnull(p);
    unsigned link;
    const char *kids = strstr(p, "/K[");
    ck_assert_ptr_nonnull(kids);
    ck_assert_int_eq(sscanf(kids, "/K[1 %u 0 R 3 ]", &link), 1);
    ck_assert_ptr_nonnull(strstr(kids, "R 3]"));
    buf_free(&file);
}
END_TEST

START_TEST(runs_of_a_node_share_one_mark_and_groups_nest_in_it)
{
    struct buf file = BUF_EMPTY;
    full_page();
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    ck_assert_uint_eq(count_of(&file, "/Figure<</MCID"), 1);
    ck_assert_uint_eq(count_of(&file, " BDC\n") + count_of(&file, ">>BDC\n"), count_of(&file, "EMC\n"));
    ck_assert_uint_eq(count_of(&file, "\nBT\n"), count_of(&file, "\nET\n"));
    assert_has(&file, "/Artifact<</Type/Background/BBox[-9 554 429 604]>>BDC");
    assert_has(&file, "/Artifact<</Type/Pagination>>BDC");
    ck_assert_uint_eq(count_of(&file, " Tm\n"), 3);           /* turned letters need no q ... Q */
    buf_free(&file);
}
END_TEST

START_TEST(one_glyph_with_two_meanings_has_two_codes)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    sample_node(&s, s.doc->root, DISPLAY_P, 1);
    sample_text(&s, s.regular, 10, &sample_ink, "a-b\xC2\xAD", 40, 60);
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    assert_has(&file, "<002D>\n");
    assert_has(&file, "<00AD>\n");
    buf_free(&file);
}
END_TEST

START_TEST(symbols_and_pictures_are_embedded_once)
{
    struct buf file = BUF_EMPTY;
    full_page();
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    ck_assert_uint_eq(count_of(&file, "/BBox[0 -24 24 0]"), 1);
    ck_assert_uint_eq(count_of(&file, "/SMask "), 1);
    ck_assert_uint_eq(count_of(&file, "/Subtype/Image"), 2);       /* the picture and its alpha */
    buf_free(&file);
}
END_TEST

START_TEST(glyphs_stand_where_the_engine_put_them)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    sample_node(&s, s.doc->root, DISPLAY_P, 1);
    unsigned a = font_glyph(s.regular, 'a'), b = font_glyph(s.regular, 'b');
    double advance = s.regular->advances[a] * 10.0 / s.regular->upem;
    struct text_glyph glyphs[] = { { (uint16_t)a, 1, 0, 0, 0 }, { (uint16_t)b, 1, 1, (float)(advance + 0.25), 0 },
                                   { (uint16_t)a, 1, 0, 30, 2 } };
    struct text_run run = { .face = s.regular, .size = 10, .stretch = 1, .colour = &sample_ink, .glyphs = glyphs, .count = 3,
                            .text = "ab", .text_length = 2 };
    display_add_glyphs(s.page, &run, 40, 100);
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file));
    assert_has(&file, "40 495 Td\n");
    assert_has(&file, ")-25(");                    /* a quarter of a point at 10 pt */
    assert_has(&file, "2 Ts\n");
    assert_has(&file, "0 Ts\n");
    buf_free(&file);
}
END_TEST

START_TEST(same_input_same_bytes)
{
    struct buf first = BUF_EMPTY, second = BUF_EMPTY;
    struct output_pdf how = { .date = 1608249600, .seed = "seed", .fonts = s.fonts };
    full_page();
    display_finish(s.doc);
    ck_assert(output_screen_bytes(s.doc, &how, &first, s.diag));
    sample_end(&s);
    char *elsewhere = malloc(100000);              /* addresses differ, bytes do not */
    setup();
    full_page();
    display_finish(s.doc);
    how.fonts = s.fonts;
    ck_assert(output_screen_bytes(s.doc, &how, &second, s.diag));
    ck_assert_uint_eq(first.length, second.length);
    ck_assert_mem_eq(first.data, second.data, first.length);
    how.seed = "another";
    buf_clear(&second);
    ck_assert(output_screen_bytes(s.doc, &how, &second, s.diag));
    ck_assert_int_ne(memcmp(first.data, second.data, first.length), 0);
    free(elsewhere);
    buf_free(&first);
    buf_free(&second);
}
END_TEST

START_TEST(dates_are_civil)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    struct pdf_options options = plain(0);
    options.date = 951782400 + 3661;               /* 29 February 2000, 01:01:01 */
    ck_assert(write_with(&options, &file));
    assert_has(&file, "D:20000229010101Z");
    assert_has(&file, "<xmp:CreateDate>2000-02-29T01:01:01Z</xmp:CreateDate>");
    buf_free(&file);
}
END_TEST

/* ---- colours of the editions --------------------------------------------------------------------------- */

START_TEST(press_has_boxes_plates_and_marks)
{
    struct buf file = BUF_EMPTY;
    full_page();
    struct pdf_options options = plain(0);
    options.colours = PDF_CMYK;
    options.icc = NULL;
    options.icc_size = 0;
    options.bleed = 9;
    options.slug = 21;
    options.crop_marks = options.registration_marks = options.overprint_black = true;
    options.ink_limit = 150;
    ck_assert(write_with(&options, &file));
    const char *words = unit_told(s.diag, DIAG_TEXT);
    static const char *const warnings[] = { "W724", "W735", "W736" };      /* 170 %; a spot in a gradient; RGB pixels */
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        ck_assert_msg(strstr(words, warnings[i]) != NULL, "not told: %s in %s", warnings[i], words);
    static const char *const facts[] = {
        "/MediaBox[0 0 480 655]", "/TrimBox[30 30 450 625]", "/BleedBox[21 21 459 634]", "0 0 0 1 k\n", "0.9 0.3 0.4 0.1 k\n",
        "[/Separation/PANTONE#201655#20C/DeviceCMYK", "[/Separation/All/DeviceCMYK", "/op true/OPM 1", "/DeviceCMYK/Coords",
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_has(&file, facts[i]);
    ck_assert_uint_eq(count_of(&file, " rg\n"), 0);
    buf_free(&file);
}
END_TEST

/* A spot colour that fades into the paper or out keeps its plate: the shading is in its Separation, and nothing is told. */
START_TEST(a_fading_spot_keeps_its_plate)
{
    static const struct design_colour paper = { .name = "paper", .rgb = { 255, 255, 255 }, .agenda = { 255, 255, 255 } };
    static const struct display_stop stops[] = { { 0, &sample_spot, 1 }, { 0.5, &sample_spot, 0.4 }, { 1, &paper, 1 } };
    const struct display_paint fade = { .kind = DISPLAY_LINEAR, .from = { 40, 250 }, .to = { 240, 250 }, .stops = stops, .stop_count = 3 };
    struct buf file = BUF_EMPTY;
    struct path p = PATH_EMPTY;
    sample_page(&s, "1");
    sample_prose(&s);
    display_mark_artifact(s.page, DISPLAY_ARTIFACT_BACKGROUND);
    path_rect(&p, (struct rect){ 40, 250, 200, 60 });
    display_add_path(s.page, &p, &fade, NULL);
    path_free(&p);
    struct pdf_options options = plain(0);
    options.colours = PDF_CMYK;
    ck_assert(write_with(&options, &file));
    ck_assert_msg(!strstr(unit_told(s.diag, DIAG_TEXT), "W735"), "told: %s", unit_told(s.diag, DIAG_TEXT));
    assert_has(&file, "/ColorSpace[/Separation/PANTONE#201655#20C/DeviceCMYK");
    assert_has(&file, "/C0[1]/C1[1]");
    assert_has(&file, "/C0[1]/C1[0]");
    buf_free(&file);
}
END_TEST

START_TEST(agenda_paints_its_own_colours)
{
    struct buf file = BUF_EMPTY;
    full_page();
    struct pdf_options options = plain(0);
    options.colours = PDF_AGENDA;
    ck_assert(write_with(&options, &file));
    assert_has(&file, "0.314 g\n");                /* 80 of 255 */
    ck_assert_uint_eq(count_of(&file, "0 0.431 0.471 rg\n"), 0);
    buf_free(&file);
}
END_TEST

/* ---- the register of facts ----------------------------------------------------------------------------- */

static void break_alt(void)
{
    sample_figure(&s)->alt = NULL;
}

static void break_glyph(void)
{
    sample_node(&s, s.doc->root, DISPLAY_P, 77);
    struct text_glyph glyph = { 0, 1, 0, 0, 0 };
    struct text_run run = { .face = s.regular, .size = 10, .stretch = 1, .glyphs = &glyph, .count = 1, .text = "x",
                            .text_length = 1, .at = sample_at(77) };
    display_add_glyphs(s.page, &run, 40, 60);
}

static void break_text(void)
{
    sample_node(&s, s.doc->root, DISPLAY_P, 77);
    struct text_glyph glyph = { 5, 3, 0, 0, 0 };
    struct text_run run = { .face = s.regular, .size = 10, .stretch = 1, .glyphs = &glyph, .count = 1, .text = "\xEE\x80\x80",
                            .text_length = 3, .at = sample_at(77) };
    display_add_glyphs(s.page, &run, 40, 60);
}

static void break_heading(void)
{
    struct display_node *h = sample_node(&s, s.doc->root, DISPLAY_H3, 50);
    h->title = "Tredje";
    sample_text(&s, s.bold, 10, &sample_ink, "Tredje", 40, 60);
}

static void break_table(void)
{
    struct display_node *table = sample_node(&s, s.doc->root, DISPLAY_TABLE, 51);
    struct display_node *row = sample_node(&s, table, DISPLAY_TR, 51);
    sample_node(&s, row, DISPLAY_TD, 51);
    sample_text(&s, s.bold, 10, &sample_ink, "8,7", 40, 60);
}

static void break_link(void)
{
    struct display_node *p = sample_node(&s, s.doc->root, DISPLAY_P, 52);
    struct display_node *link = sample_node(&s, p, DISPLAY_LINK, 52);
    static struct display_node nowhere = { .page = -1, .title = "Intet" };
    link->target = &nowhere;
    sample_text(&s, s.bold, 10, &sample_ink, "se", 40, 60);
    display_add_link(s.page, (struct rect){ 40, 50, 20, 12 }, link);
}

static void break_tree(void)
{
    static struct display_node stray = { .role = DISPLAY_P, .page = -1 };
    stray.at = sample_at(53);
    display_mark(s.page, &stray, stray.at);
    sample_text(&s, s.bold, 10, &sample_ink, "vild", 40, 60);
}

static void break_nesting(void)
{
    for (int i = 0; i < 30; i++)
        display_push_transform(s.page, affine_identity);
    display_add_rect(s.page, (struct rect){ 0, 0, 10, 10 }, &sample_ink);
    for (int i = 0; i < 30; i++)
        display_pop(s.page);
}

static void break_words(void)
{
    struct display_node *p = sample_node(&s, s.doc->root, DISPLAY_P, 54);
    struct display_node *link = sample_node(&s, p, DISPLAY_LINK, 54);
    link->uri = "https://example.org/";
    sample_text(&s, s.bold, 10, &sample_ink, " ", 40, 60);
    display_add_link(s.page, (struct rect){ 40, 50, 20, 12 }, link);
    link->uri = " ";
}

static void break_picture(void)
{
    static const struct image_bitmap cut = { .width = 8, .height = 8, .components = 4, .coding = IMAGE_JPEG,
                                             .bytes = (const unsigned char *)"\xff\xd8", .size = 2, .path = "cut.jpg" };
    sample_node(&s, s.doc->root, DISPLAY_FIGURE, 55)->alt = "Et billede";
    display_add_bitmap(s.page, &cut, (struct affine){ 60, 0, 0, 60, 40, 60 });
}

static void break_inks(void)
{
    sample_figure(&s);
}

static void break_nothing(void)
{
}

static const struct {
    const char *code, *where;
    unsigned claims;
    void (*arrange)(void);
    size_t errors;             /* that are told, with what comes of it */
    enum pdf_colours colours;
} breaches[] = {
    { "E701", "plantryk: ", PDF_UA_1, break_nothing, 1, PDF_RGB },
    { "E702", "plantryk: ", PDF_A_3A, break_nothing, 1, PDF_RGB },
    { "E705", "plan.xml:40:5: ", PDF_UA_1, break_alt, 1, PDF_RGB },
    { "E706", "plan.xml:50:5: ", PDF_UA_1, break_heading, 1, PDF_RGB },
    { "E707", "plan.xml:51:5: ", PDF_UA_1, break_table, 1, PDF_RGB },
    { "E709", "plan.xml:52:5: ", 0, break_link, 1, PDF_RGB },
    { "E704", "plan.xml:53:5: ", PDF_A_2A, break_tree, 1, PDF_RGB },
    { "E710", "plan.xml:77:5: ", 0, break_glyph, 1, PDF_RGB },
    { "E711", "plan.xml:77:5: ", PDF_A_3A, break_text, 1, PDF_RGB },
    { "E713", "plantryk: ", PDF_A_3A, break_nothing, 1, PDF_RGB },
    { "E717", "plan.xml:", PDF_A_2B, break_nesting, 1, PDF_RGB },
    { "E703", "plantryk: ", PDF_A_2A, break_nothing, 1, PDF_RGB },
    { "E708", "plan.xml:54:5: ", PDF_UA_1, break_words, 1, PDF_RGB },
    { "E714", "plan.xml:40:5: ", PDF_X_4, break_inks, 2, PDF_CMYK },  /* beside E713: nothing to convert it with */
    { "E718", "plan.xml:55:5: ", 0, break_picture, 2, PDF_RGB },  /* beside what is wrong in it */
};

/* Each breach is told with its place, and there is no file; without the claim there is one (0: it is never allowed). */
START_TEST(what_a_claim_forbids_gives_no_file)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    sample_prose(&s);
    breaches[_i].arrange();
    struct pdf_options options = plain(breaches[_i].claims);
    options.title = !strcmp(breaches[_i].code, "E701") ? "" : options.title;
    options.lang = !strcmp(breaches[_i].code, "E702") ? NULL : options.lang;
    if (!strcmp(breaches[_i].code, "E713") || !strcmp(breaches[_i].code, "E714"))
        options.icc_size = 0;
    options.colours = breaches[_i].colours;
    roots = strcmp(breaches[_i].code, "E703") != 0;
    ck_assert(!write_with(&options, &file));
    roots = 1;
    ck_assert_uint_eq(file.length, 0);
    const char *words = unit_told(s.diag, DIAG_TEXT);
    ck_assert_msg(strstr(words, breaches[_i].code) && strstr(words, breaches[_i].where), "said: %s", words);
    ck_assert_msg(diag_errors(s.diag) == breaches[_i].errors, "said: %s", words);
    buf_free(&file);
}
END_TEST

START_TEST(without_the_claim_the_fact_is_no_error)
{
    struct buf file = BUF_EMPTY;
    sample_page(&s, "1");
    sample_prose(&s);
    breaches[_i].arrange();
    struct pdf_options options = plain(0);
    ck_assert(write_with(&options, &file) == (breaches[_i].claims != 0));
    buf_free(&file);
}
END_TEST

START_TEST(attachments_are_kept_or_refused)
{
    struct buf file = BUF_EMPTY;
    for (int refused = 0; refused < 2; refused++) {
        struct pdf_options options = plain(refused ? PDF_A_2B : 0);
        struct pdf_document *pdf = pdf_new(&options, s.diag);
        pdf_attach(pdf, &(struct pdf_attachment){ "tal.csv", "text/csv", "Tal", "Data", "a;b\n", 4 });
        const struct display_node *root = s.doc->root;
        ck_assert(pdf_finish(pdf, &root, 1, &file) != refused);
        pdf_free(pdf);
    }
    assert_has(&file, "/AFRelationship /Data");
    assert_has(&file, "stream\na;b\n");
    ck_assert_ptr_nonnull(strstr(unit_told(s.diag, DIAG_TEXT), "E716"));
    buf_free(&file);
}
END_TEST

struct given {
    const struct pdf_attachment *files;
    size_t count;
};

static bool give(void *data, const struct pdf_attachment **files, size_t *n)
{
    const struct given *given = data;
    *files = given->files;
    *n = given->count;
    return given->files != NULL;
}

START_TEST(attachments_come_back)
{
    struct buf file = BUF_EMPTY;
    struct arena *arena = arena_new();
    static const char xml[] = "<plan xml:lang=\"da\">æøå</plan>";
    const struct pdf_attachment given[] = {
        { "plan.xml", "text/xml", "Planen", "Source", xml, sizeof xml - 1 },
        { "diagram-ledighed.csv", "text/csv", "Ledighed i procent", "Data", "2019;8,4\n", 9 },
    };
    struct given two = { given, 2 }, none = { NULL, 0 };
    struct output_pdf how = { .date = 1608249600, .fonts = s.fonts, .sources = give, .data = &none };
    full_page();
    display_finish(s.doc);
    ck_assert(!output_screen_bytes(s.doc, &how, &file, s.diag));       /* they cannot be read */
    how.data = &two;
    ck_assert(output_screen_bytes(s.doc, &how, &file, s.diag));
    const struct pdf_attachment *found;
    size_t n;
    ck_assert(pdf_decode_attachments("a.pdf", file.data, file.length, arena, &found, &n, s.diag));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(found[0].name, "diagram-ledighed.csv");           /* sorted, as a name tree is */
    ck_assert_str_eq(found[0].relationship, "Data");
    ck_assert_str_eq(found[0].description, "Ledighed i procent");
    ck_assert_str_eq(found[1].mime, "text/xml");
    ck_assert_uint_eq(found[1].size, sizeof xml - 1);
    ck_assert_mem_eq(found[1].bytes, xml, sizeof xml - 1);
    ck_assert(!pdf_decode_attachments("b.pdf", "Intet PDF", 9, arena, &found, &n, s.diag));
    ck_assert_ptr_nonnull(strstr(unit_told(s.diag, DIAG_TEXT), "b.pdf: error: E740"));
    arena_free(arena);
    buf_free(&file);
}
END_TEST

/* ---- for the judges ------------------------------------------------------------------------------------ */

static bool keep(const char *folder, const char *name, struct buf *bytes)
{
    struct buf path = BUF_EMPTY;
    buf_printf(&path, "%s/%s", folder, name);
    bool good = bytes->length && file_write(path.data, bytes->data, bytes->length, s.diag);
    buf_free(&path);
    buf_free(bytes);
    return good;
}

/* The sample before itself: front pages with ids of their own. */
static bool write_agenda(const char *folder, const struct output_pdf *how)
{
    struct buf bytes = BUF_EMPTY;
    struct sample front = { 0 };
    sample_begin(&front);
    sample_page(&front, "A");
    sample_prose(&front);
    sample_table(&front);
    display_finish(front.doc);
    bool good = output_agenda_bytes(front.doc, s.doc, how, &bytes, s.diag) && keep(folder, "agenda.pdf", &bytes);
    sample_end(&front);
    return good;
}

/* Two houses: one with its profile (where it is at hand), one without. */
static bool write_press(const char *folder, const struct output_pdf *how)
{
    struct buf bytes = BUF_EMPTY;
    struct arena *arena = arena_new();
    struct diag *quiet = diag_new();
    struct output_printer printer;
    bool good = true;
    if (output_printer_read("coated-fogra39", &printer, arena, quiet)) {
        good = output_press_bytes(s.doc, how, &printer, &bytes, s.diag) && keep(folder, "press.pdf", &bytes);
        output_printer_free(&printer);
    }
    if (good && output_printer_read("coated-without-profile", &printer, arena, s.diag)) {
        good = output_press_bytes(s.doc, how, &printer, &bytes, s.diag) && keep(folder, "press-plain.pdf", &bytes);
        output_printer_free(&printer);
    }
    diag_free(quiet);
    arena_free(arena);
    return good;
}

static int write_editions(const char *folder)
{
    struct buf bytes = BUF_EMPTY;
    struct output_pdf how = { .date = 1608249600, .seed = "seed", .fonts = s.fonts };
    full_page();
    sample_page(&s, "2");
    sample_prose(&s);
    sample_figure(&s);
    display_finish(s.doc);
    struct display_page *page = display_open_page(s.doc, 0);
    bool good = output_png(page, NULL, 72, PDF_RGB, &bytes, s.diag) && keep(folder, "page-1.png", &bytes) &&
                output_svg(page, NULL, PDF_RGB, NULL, NULL, &bytes, s.diag) && keep(folder, "page-1.svg", &bytes) &&
                output_screen_bytes(s.doc, &how, &bytes, s.diag) && keep(folder, "screen.pdf", &bytes) &&
                write_agenda(folder, &how) && write_press(folder, &how);
    display_close_page(page);
    fputs(unit_told(s.diag, DIAG_TEXT), stderr);
    return !good;
}

static Suite *make_suite(void)
{
    TCase *c = tcase_create("write");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, the_tree_says_what_the_display_list_says);
    tcase_add_test(c, a_link_stands_inside_its_paragraph);
    tcase_add_test(c, runs_of_a_node_share_one_mark_and_groups_nest_in_it);
    tcase_add_test(c, one_glyph_with_two_meanings_has_two_codes);
    tcase_add_test(c, symbols_and_pictures_are_embedded_once);
    tcase_add_test(c, glyphs_stand_where_the_engine_put_them);
    tcase_add_test(c, same_input_same_bytes);
    tcase_add_test(c, dates_are_civil);
    tcase_add_test(c, press_has_boxes_plates_and_marks);
    tcase_add_test(c, a_fading_spot_keeps_its_plate);
    tcase_add_test(c, agenda_paints_its_own_colours);
    tcase_add_loop_test(c, what_a_claim_forbids_gives_no_file, 0, sizeof breaches / sizeof *breaches);
    tcase_add_loop_test(c, without_the_claim_the_fact_is_no_error, 0, sizeof breaches / sizeof *breaches);
    tcase_add_test(c, attachments_are_kept_or_refused);
    tcase_add_test(c, attachments_come_back);
    Suite *suite = suite_create("pdf_write");
    suite_add_tcase(suite, c);
    return suite;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        setup();
        int result = write_editions(argv[1]);
        teardown();
        return result;
    }
    return unit_run_here(make_suite());
}
