/* Inside of the plan's reader: what its files share while the model is made. */
#ifndef PLAN_PLAN_INTERNAL_H
#define PLAN_PLAN_INTERNAL_H
#include "plan/figures_internal.h"
#include "xml/xml.h"

/* Limits, told by name in the message. */
enum {
    PLAN_MAX_AREAS = 7,                    /* a template has hues for so many */
    PLAN_MAX_DEPTH = 6,                    /* a PDF has headings H1 to H6 */
    PLAN_MAX_PARTS = 20000,
    PLAN_MAX_GOALS = 10000,
    PLAN_MAX_TABLE_COLUMNS = 60,
    PLAN_MAX_TABLE_ROWS = 5000,
    PLAN_MAX_CHAPTER_NUMBER = 20,          /* characters */
    PLAN_MAX_WORDS = 100,                  /* texts instead of a measure's baselines, or targets */
    PLAN_MAX_DERIVED = 500,                /* derived figures */
    PLAN_MAX_USES = 20000,                 /* places where figures stand in text and circles */
    PLAN_MAX_GUESSES = 50                  /* "did you mean": each looks through all ids */
};

/* ---- ids ------------------------------------------------------------------------------------------------- */
enum plan_id_kind { ID_PART, ID_BLOCK, ID_STATION, ID_GOAL, ID_MEASURE };

struct plan_id {
    const char *name;
    enum plan_id_kind kind;
    const void *what;                      /* part, block, item, goal or measure */
    const struct plan_goal *goal;          /* in which it stands, or NULL */
    const struct plan_block *block;        /* itself, or the illustration that it is a station of */
    const char *element;                   /* its name in plan.xml */
    struct source at;
};

struct plan_ids {
    struct plan_id *items;                 /* open hash; NULL name = free */
    size_t count, size;
};

const struct plan_id *plan_ids_lookup(const struct plan_ids *, const char *name);

/* The model as it is kept: what plan.h shows, and its index. */
struct plan_model {
    struct plan plan;
    struct plan_ids ids;
};

/* ---- reading --------------------------------------------------------------------------------------------- */
struct plan_reference {                    /* an id that must be somewhere in the plan */
    const char *id, *element, *attribute;
    int kind;                              /* enum plan_id_kind; -1: any; REFERENCE_... */
    const struct plan_part *part;          /* in which it stands; NULL: before the first */
    struct source at;
};

/* REFERENCE_TITLED: any that has a title, for it stands for the reference's own words. */
enum { REFERENCE_AREA = 100, REFERENCE_FIGURE = 101, REFERENCE_TITLED = 102 };

struct plan_named {                        /* a figure named in text, a circle or a chart */
    struct plan_figure_use *use;
    const struct plan_part *part;
};

struct plan_derived {                      /* a derived figure as it is declared */
    const char *id, *expression;
    enum plan_unit unit;
    int decimals;                          /* -1: what the expression gives */
    struct source at;
};

struct plan_text_run {                     /* running text, for the check of typed numbers */
    const char *text;
    const struct plan_part *part;
    const struct plan_goal *goal;
    size_t begin;                          /* byte of the document from which it stands */
};

struct plan_reader {
    struct arena *arena;
    struct diag *diag;
    struct plan_model *model;
    struct plan *plan;
    bool is_valid;                         /* the schema had nothing to say */
    const struct xml_document *doc;
    const struct plan_part *part;          /* the one being read */
    const struct plan_goal *goal;          /* likewise, or NULL */
    const struct plan_block *block;        /* the innermost, or NULL */
    int footnote_depth, link_depth;
    struct plan_reference *references;
    size_t reference_count, reference_capacity;
    struct plan_named *uses;
    size_t use_count, use_capacity;
    struct plan_derived *derived;
    size_t derived_count, derived_capacity;
    const char **operands;                 /* ids that derived figures are made of */
    size_t operand_count, operand_capacity;
    int guesses;
    struct plan_text_run *runs;
    size_t run_count, run_capacity;
    const struct plan_part **areas, **initiatives;
    const struct plan_goal **goals;
    struct plan_measure **measures;
    size_t area_count, area_capacity, initiative_count, initiative_capacity, goal_count, goal_capacity, measure_count,
        measure_capacity, part_count;
};

/* The place of an element; the file's name lives as long as the plan. */
struct source plan_at(const struct plan_reader *, const struct xml_node *);
/* ` in <section id="et">` for messages; "" for NULL. */
const char *plan_in(const struct plan_reader *, const struct plan_part *);
/* Tell that an element is empty which must not be. */
void plan_tell_empty(struct plan_reader *, const struct xml_node *);
/* Attributes, copied to the arena, white space folded. NULL when absent. */
const char *plan_attribute(struct plan_reader *, const struct xml_node *, const char *name);
/* Which of `names` (NULL-terminated) the attribute is; `otherwise` when it is absent or none of them (the schema has
   told that). */
int plan_choice(const struct xml_node *, const char *name, const char *const *names, int otherwise);
bool plan_flag(const struct xml_node *, const char *name);
/* A list of ids with spaces between them, NULL-terminated; NULL when absent. */
const char *const *plan_id_list(struct plan_reader *, const struct xml_node *, const char *name);
/* xml:lang of the element, or NULL; a language we have no words for is a warning. */
const char *plan_language(struct plan_reader *, const struct xml_node *);
/* The period in that attribute, checked; NULL when absent or wrong. */
const char *plan_period_attribute(struct plan_reader *, const struct xml_node *, const char *name);
bool plan_is(const struct xml_node *, const char *name);
/* The text of an element that holds words only, white space folded. */
const char *plan_words_of(struct plan_reader *, const struct xml_node *);
/* The same as a must: without words it is an error. */
const char *plan_needed_words(struct plan_reader *, const struct xml_node *);

void plan_add_id(struct plan_reader *, const char *id, enum plan_id_kind, const void *what, const struct xml_node *);
void plan_add_reference(struct plan_reader *, const char *id, int kind, const char *attribute, const struct xml_node *);

const struct plan_inline *plan_read_inline(struct plan_reader *, const struct xml_node *);
/* The inline text of the child of that name, or NULL; empty is an error. */
const struct plan_inline *plan_read_child(struct plan_reader *, const struct xml_node *, const char *name);
bool plan_is_inline(const struct xml_node *);
struct plan_figure_use *plan_read_use(struct plan_reader *, const struct xml_node *);

const struct plan_block *plan_read_blocks(struct plan_reader *, const struct xml_node *);
/* One block, or NULL when the element is none. */
struct plan_block *plan_read_block(struct plan_reader *, const struct xml_node *);
void plan_read_table(struct plan_reader *, const struct xml_node *, struct plan_block *);

/* One part, or NULL when the element is none. */
const struct plan_part *plan_read_part(struct plan_reader *, const struct xml_node *);
const struct plan_goal *plan_read_goals(struct plan_reader *, const struct xml_node *, const struct plan_part *group);
void plan_read_derived(struct plan_reader *, const struct xml_node *);

/* What is read: the document, and the table where it is at hand already (else `figures_path`, else what the plan
   names). The document must outlive the call, not longer. */
struct plan_input {
    const char *path, *figures_path;
    struct xml_document *doc;
    const struct xml_schema *schema;
    struct plan_figures *figures;
};
const struct plan *plan_read_input(const struct plan_input *, struct arena *, struct diag *);

/* ---- checking -------------------------------------------------------------------------------------------- */
void plan_check(struct plan_reader *);                 /* references, figures named and unused */
void plan_check_measures(struct plan_reader *);
void plan_check_prose(struct plan_reader *);
void plan_resolve_uses(struct plan_reader *);
/* The derived figure of that id as it is declared, or NULL. */
const struct plan_derived *plan_find_derived(const struct plan_reader *, const char *id);
/* The id of the table, or of the plan, that was probably meant; NULL when none is near or enough was guessed. */
const char *plan_guess_figure(struct plan_reader *, const char *id);
const char *plan_guess_id(struct plan_reader *, const char *id, int kind);
/* Work out the derived figures and put them into the table. */
void plan_derive(struct plan_reader *, struct plan_figures *);

/* "8,4" for messages; the decimal comma is what people write in the table. */
enum { PLAN_NUMBER_TEXT = DECIMAL_TEXT };
const char *plan_number_text(struct decimal, char out[PLAN_NUMBER_TEXT]);
/* " (2021)" or "", for messages. */
const char *plan_period_text(struct plan_reader *, const char *period);
#endif
