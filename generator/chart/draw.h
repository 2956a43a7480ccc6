/* What all drawings share: measures and styles from the template, text, and the small shapes. Only for chart/. */
#ifndef CHART_DRAW_H
#define CHART_DRAW_H
#include "chart/chart.h"

#define MM PT_PER_MM

/* ---- the template ------------------------------------------------------------------------------------------------- */
/* A measure of a component: points, a plain number, or a word of a fixed set; the template's, else the default in
   measure.c, which is the one list of all there are. */
double chart_length(const struct chart_context *, const char *component, const char *name);
double chart_number(const struct chart_context *, const char *component, const char *name);
bool chart_flag(const struct chart_context *, const char *component, const char *name);
const char *chart_choice(const struct chart_context *, const char *component, const char *name);
bool chart_chosen(const struct chart_context *, const char *component, const char *name, const char *word);

/* The style of that name; when the template has none, its first style, with an error. */
const struct design_style *chart_style(const struct chart_context *, const char *name);
/* The style, enlarged by the component's "text". */
const struct design_style *chart_component_style(const struct chart_context *, const char *component,
                                                 const char *name);
/* The same at another size, leading in proportion. */
const struct design_style *chart_style_at(const struct chart_context *, const struct design_style *,
                                          double size);
/* The role's colour in a hue; ink where the template has none. */
const struct design_colour *chart_colour(const struct chart_context *, const char *role, int hue);
const struct design_colour *chart_on(const struct chart_context *, const struct design_colour *ground);
/* The colour that a component's attribute names, the `which`th word of it; hues but 0 have their own. */
const struct design_colour *chart_named_colour(const struct chart_context *, const char *component,
                                               const char *name, int which);
/* `share` of b in a: 0 gives a, 1 gives b. */
const struct design_colour *chart_mix(const struct chart_context *, const struct design_colour *a,
                                      const struct design_colour *b, double share);
/* A word of a chart ("target", "lower-is-better"): the template's, else our own in the plan's language. */
const char *chart_word(const struct chart_context *, const char *key);

/* Is one of its four figures below nought? */
bool chart_has_negative(const struct chart_indicator *);

int chart_language(const char *lang);     /* da 0, sv 1, nb 2, de 3, en 4 */

/* ---- text --------------------------------------------------------------------------------------------------------- */
/* Text that is tried at several widths before it is placed. */
struct chart_text {
    const struct chart_context *context;
    const struct design_style *style;
    const struct design_colour *colour;
    const char *string;
    unsigned flags;                        /* enum text_flags */
    struct source at;
    struct text_para *para;
    double natural, narrowest;             /* width on one line; of the longest piece that cannot be broken */
};

enum { CHART_SMALLEST_TEXT = 7 };          /* points */
enum { CHART_UNLIMITED = 100000 };

struct chart_text chart_text_new(const struct chart_context *, const struct design_style *,
                                 const struct design_colour *, const char *string, struct source at);
struct chart_text chart_text_new_flagged(const struct chart_context *, const struct design_style *,
                                         const struct design_colour *, const char *string, struct source at,
                                         unsigned flags);
struct chart_text chart_text_at(const struct chart_text *, double size);
void chart_text_free(struct chart_text *);                /* for those that were only tried */
struct text_label chart_text_set(const struct chart_text *, double width);
/* Height of a set label's ink: from the first line's capitals to the last line's descenders (or its baseline). */
double chart_label_height(const struct text_label *);
double chart_label_height_to_baseline(const struct text_label *);
/* At the largest size, down to CHART_SMALLEST_TEXT, at which it goes into width x height: in whole words if it does so at
   any size, else with hyphens. False: it does not, `out` is at the smallest. */
bool chart_text_fit(const struct chart_text *, double width, double height, struct text_label *out);
/* Draw a label; (x, y) is the top left corner of its ink box. The page keeps its mark and meaning. */
void chart_put(struct display_page *, const struct text_label *, double x, double y, double width,
               enum design_align);
/* One line at once; `align` says where x is: start, middle or end of the text. y is the baseline. Gives its ink box. */
struct rect chart_put_line(const struct chart_context *, struct display_page *, const struct design_style *,
                           const struct design_colour *, const char *string, double x, double baseline,
                           enum design_align);
double chart_width(const struct chart_context *, const struct design_style *, const char *string);
double chart_cap_height(const struct chart_context *, const struct design_style *);

/* A number in a disc: stands for a label that is in the key. */
void chart_put_number(const struct chart_context *, struct display_page *, size_t number, double cx,
                      double cy, double r, const struct design_colour *ground);
/* A numbered list below a drawing, for labels that do not fit in their shapes. */
struct chart_key;
struct chart_key *chart_key_new(const struct chart_context *, const struct chart_station *, size_t count,
                                double width);
double chart_key_height(const struct chart_key *);
void chart_key_draw(const struct chart_key *, struct display_page *, double x, double y);

/* ---- shapes ------------------------------------------------------------------------------------------------------- */
/* Items drawn between carry meaning (are checked for contrast). */
bool chart_meaning(struct display_page *, bool meaning);               /* gives what it was */
void chart_sector(struct path *, double cx, double cy, double inner, double outer, double from, double to);
void chart_fill_disc(struct display_page *, double cx, double cy, double r, const struct design_colour *);
void chart_stroke_disc(struct display_page *, double cx, double cy, double r, const struct design_colour *,
                       double width);
void chart_line(struct display_page *, double x1, double y1, double x2, double y2, const struct design_colour *,
                double width, int cap);
void chart_dashed_line(struct display_page *, double x1, double y1, double x2, double y2,
                       const struct design_colour *, double width, double on, double off);
void chart_polyline(struct display_page *, const struct point *, size_t n, const struct design_colour *,
                    double width);
/* A check mark in a disc of radius r. */
void chart_tick(struct display_page *, double cx, double cy, double r, const struct design_colour *);
/* Lines at 45 degrees inside a closed path: clipped paths, not a pattern, since patterns differ between painters. */
void chart_hatch(struct display_page *, const struct path *clip, const struct design_colour *, double pitch,
                 double width);
/* Two short strokes across the axis: it is cut here. */
void chart_cut_mark(struct display_page *, double x, double y, bool vertical, const struct design_colour *);
/* A small triangle that points right (+1) or left (-1), or up and down when vertical. */
void chart_arrow(struct display_page *, double x, double y, int way, bool vertical, double size,
                 const struct design_colour *);
/* An icon in a square of `size` with its centre there; hue + DISPLAY_ON_MAIN: it stands on the hue's main colour. */
void chart_put_icon(const struct chart_context *, struct display_page *, const struct image_vector *, double cx,
                    double cy, double size, int hue);
/* The same on a ground: its strokes become light where the hue's own could not be seen. */
void chart_put_icon_on(const struct chart_context *, struct display_page *, const struct image_vector *,
                       double cx, double cy, double size, int hue, const struct design_colour *ground);

/* ---- making a drawing --------------------------------------------------------------------------------------------- */
struct layout_drawing *chart_drawing(const struct chart_context *, void *data,
                                     struct layout_size (*measure)(void *, struct layout_size),
                                     void (*draw)(void *, struct display_page *, struct rect),
                                     void (*outline)(void *, struct rect, struct path *));
/* A copy in the arena, with its arrays. */
struct chart_illustration *chart_illustration_copy(const struct chart_illustration *);
struct chart_chart *chart_chart_copy(const struct chart_chart *);

/* ---- the kinds, one file each ---------------------------------------------------------------------------------------- */
struct layout_drawing *chart_cycle(const struct chart_illustration *);
struct layout_drawing *chart_wheel(const struct chart_illustration *);
/* Either of them in squares; `round`: a cycle. */
struct layout_drawing *chart_tiles(const struct chart_illustration *, bool round);
struct layout_drawing *chart_continuum(const struct chart_illustration *);
struct layout_drawing *chart_matrix(const struct chart_illustration *);
struct layout_drawing *chart_bullet(const struct chart_chart *);
struct layout_drawing *chart_dumbbell(const struct chart_chart *);
struct layout_drawing *chart_goal_rows(const struct chart_chart *);
struct layout_drawing *chart_trend(const struct chart_chart *);
struct layout_drawing *chart_rings(const struct chart_chart *);
struct layout_drawing *chart_bars(const struct chart_chart *);
struct layout_drawing *chart_stacked(const struct chart_chart *);
struct layout_drawing *chart_slope(const struct chart_chart *);
struct layout_drawing *chart_board(const struct chart_chart *);

/* Parts that other kinds use. */
void chart_draw_goal_dot(const struct chart_context *, struct display_page *, double x, double y, double size,
                         const struct design_colour *);
void chart_draw_goal_actual(const struct chart_context *, struct display_page *, double x, double y,
                            double size, const struct design_colour *);
void chart_draw_goal_capsule(const struct chart_context *, struct display_page *, double from, double to,
                             double y, const struct design_colour *);
void chart_draw_goal_target(const struct chart_context *, struct display_page *, double x, double y, int hue);
void chart_goal_row_axis(const struct chart_context *, double low, double high, struct rect frame, double *left,
                         double *width);
void chart_draw_goal_row(const struct chart_context *, struct display_page *, const struct chart_indicator *,
                         double low, double high, struct rect frame);
void chart_draw_status(const struct chart_context *, struct display_page *, enum chart_status, int hue,
                       double cx, double cy, double size);
#endif
