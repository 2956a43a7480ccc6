/* plan.xml becomes the model: schema, then parts and goals in order, figures, and the rules no schema can state. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "plan/plan_internal.h"

#define NAMESPACE "urn:plantryk:plan:1"

/* ---- attributes and words -------------------------------------------------------------------------------- */

struct source plan_at(const struct plan_reader *r, const struct xml_node *node)
{
    struct source at = xml_source(node);
    at.file = r->plan->file;
    return at;
}

const char *plan_in(const struct plan_reader *r, const struct plan_part *part)
{
    while (part && !part->id)
        part = part->parent;
    if (!part)
        return "";
    return arena_printf(r->arena, _(" in <%s id=\"%s\">"), plan_part_name(part->kind), part->id);
}

void plan_tell_empty(struct plan_reader *r, const struct xml_node *node)
{
    diag_error(r->diag, plan_at(r, node), "E215", _("<%s>%s is empty"), xml_name(node), plan_in(r, r->part));
    diag_remedy(r->diag, _("write its text, or take the element out"));
}

bool plan_is(const struct xml_node *node, const char *name)
{
    return !strcmp(xml_name(node), name) && !strcmp(xml_namespace(node), NAMESPACE);
}

/* White space folded to single spaces, none at the ends. */
static const char *fold(struct arena *arena, const char *text)
{
    char *folded = arena_strdup(arena, text), *out = folded;
    for (const char *s = text; *s;) {
        size_t blank = strspn(s, " \t\r\n"), ink;
        s += blank;
        ink = strcspn(s, " \t\r\n");
        if (blank && ink && out > folded)
            *out++ = ' ';
        memcpy(out, s, ink);
        out += ink;
        s += ink;
    }
    *out = '\0';
    return folded;
}

const char *plan_attribute(struct plan_reader *r, const struct xml_node *node, const char *name)
{
    const char *text = xml_attribute(node, name);
    return text ? fold(r->arena, text) : NULL;
}

int plan_choice(const struct xml_node *node, const char *name, const char *const *names, int otherwise)
{
    const char *text = xml_attribute(node, name);
    for (int i = 0; text && names[i]; i++)
        if (!strcmp(text, names[i]))
            return i;
    return otherwise;
}

bool plan_flag(const struct xml_node *node, const char *name)
{
    static const char *const flags[] = { "false", "true", NULL };
    return plan_choice(node, name, flags, 0) == 1;
}

const char *const *plan_id_list(struct plan_reader *r, const struct xml_node *node, const char *name)
{
    const char *text = plan_attribute(r, node, name);
    if (!text || !*text)
        return NULL;
    size_t count = 1, i = 0;
    for (const char *s = text; *s; s++)
        count += *s == ' ';
    const char **ids = arena_array(r->arena, const char *, count + 1);
    for (const char *s = text; i < count; i++) {
        size_t n = strcspn(s, " ");
        ids[i] = arena_strndup(r->arena, s, n);
        s += n + (s[n] == ' ');
    }
    return ids;
}

const char *plan_language(struct plan_reader *r, const struct xml_node *node)
{
    static const char *const known[] = { "da", "sv", "nb", "en", "de" };
    const char *lang = plan_attribute(r, node, "xml:lang");
    if (!lang)
        return NULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strncmp(lang, known[i], 2) && (!lang[2] || lang[2] == '-'))
            return lang;
    diag_warning(r->diag, plan_at(r, node), "W216", _("the language \"%s\" is not one of da, sv, nb, en and de"),
                 lang);
    diag_remedy(r->diag, _("numbers are written and words are hyphenated as in English there"));
    return lang;
}

const char *plan_period_attribute(struct plan_reader *r, const struct xml_node *node, const char *name)
{
    struct plan_period period;
    const char *text = plan_attribute(r, node, name);
    if (!text || plan_period_read(text, &period))
        return text;
    diag_error(r->diag, plan_at(r, node), "E213", _("%s=\"%s\" is not a period"), name, text);
    diag_remedy(r->diag,
                _("write a year (2021), a range of years (2021-2024), a month (2020-06) or a quarter (2020K2)"));
    return NULL;
}

const char *plan_words_of(struct plan_reader *r, const struct xml_node *node)
{
    return fold(r->arena, xml_text(node, r->arena));
}

const char *plan_needed_words(struct plan_reader *r, const struct xml_node *node)
{
    const char *words = plan_words_of(r, node);
    if (*words)
        return words;
    plan_tell_empty(r, node);
    return NULL;
}

void plan_add_reference(struct plan_reader *r, const char *id, int kind, const char *attribute,
                        const struct xml_node *node)
{
    if (!id || !*id)
        return;                            /* the schema has told that */
    VEC_GROW(r->references, r->reference_capacity, r->reference_count + 1);
    r->references[r->reference_count++] = (struct plan_reference){
        id, arena_strdup(r->arena, xml_name(node)), attribute, kind, r->part, plan_at(r, node)
    };
}

const char *plan_number_text(struct decimal v, char out[PLAN_NUMBER_TEXT])
{
    decimal_write(v, out);
    for (char *p = out; *p; p++)
        if (*p == '.')
            *p = ',';
    return out;
}

const char *plan_period_text(struct plan_reader *r, const char *period)
{
    return *period ? arena_printf(r->arena, " (%s)", period) : "";
}

/* ---- the head of the plan -------------------------------------------------------------------------------- */

static const char *child_words(struct plan_reader *r, const struct xml_node *root, const char *name)
{
    const struct xml_node *child = xml_child(root, name);
    return child ? plan_needed_words(r, child) : NULL;
}

static void read_period(struct plan_reader *r, const struct xml_node *root)
{
    struct plan_period period;
    const struct xml_node *node = xml_child(root, "period");
    r->plan->period = child_words(r, root, "period");
    if (!r->plan->period)
        return;
    size_t n = strlen(r->plan->period);
    if ((n == 4 || n == 9) && plan_period_read(r->plan->period, &period)) {
        r->plan->first_year = period.first / 12;
        r->plan->last_year = period.last / 12;
        return;
    }
    diag_error(r->diag, plan_at(r, node), "E213", _("the plan is for \"%s\", which is no year"), r->plan->period);
    diag_remedy(r->diag, _("write a year (2021) or a range of years, the first one first (2021-2024)"));
}

static void read_adopted(struct plan_reader *r, const struct xml_node *root)
{
    char date[11];
    const struct xml_node *node = xml_child(root, "adopted");
    const char *text = node ? plan_attribute(r, node, "date") : NULL;
    if (!text)
        return;
    r->plan->adopted = text;
    if (plan_date_read(text, false, date))
        return;
    diag_error(r->diag, plan_at(r, node), "E214", _("\"%s\" is not a date"), text);
    if (plan_date_read(text, true, date))
        diag_remedy(r->diag, _("write date=\"%s\""), date);
    else
        diag_remedy(r->diag, _("write year, month and day: date=\"2020-12-18\""));
}

static void read_head(struct plan_reader *r, const struct xml_node *root)
{
    struct plan *plan = r->plan;
    plan->id = plan_attribute(r, root, "id");
    plan->lang = plan_language(r, root);
    plan->template_name = plan_attribute(r, root, "template");
    plan->title = child_words(r, root, "title");
    plan->subtitle = child_words(r, root, "subtitle");
    plan->short_title = child_words(r, root, "short-title");
    plan->organisation = child_words(r, root, "organisation");
    plan->unit_name = child_words(r, root, "unit");
    if (!plan->short_title)
        plan->short_title = plan->title;
    read_period(r, root);
    read_adopted(r, root);
    const struct xml_node *summary = xml_child(root, "summary"), *contact = xml_child(root, "contact");
    const struct xml_node *derived = xml_child(root, "derived-figures");
    if (derived)
        plan_read_derived(r, derived);
    plan->summary = summary ? plan_read_blocks(r, summary) : NULL;
    plan->contact = contact ? plan_read_blocks(r, contact) : NULL;
}

static void read_parts(struct plan_reader *r, const struct xml_node *root)
{
    const struct plan_part **tail = &r->plan->parts;
    for (const struct xml_node *child = xml_first(root); child; child = xml_next(child)) {
        struct plan_part *part = (struct plan_part *)plan_read_part(r, child);
        if (!part)
            continue;
        *tail = part;
        tail = &part->next;
    }
}

/* The lists that grew while reading, at home in the arena. */
static void keep_lists(struct plan_reader *r)
{
    struct plan *plan = r->plan;
    plan->areas = arena_copy(r->arena, r->areas, r->area_count * sizeof *r->areas);
    plan->area_count = r->area_count;
    plan->initiatives = arena_copy(r->arena, r->initiatives, r->initiative_count * sizeof *r->initiatives);
    plan->initiative_count = r->initiative_count;
    plan->goals = arena_copy(r->arena, r->goals, r->goal_count * sizeof *r->goals);
    plan->goal_count = r->goal_count;
}

static void free_lists(struct plan_reader *r)
{
    mem_free(r->references);
    mem_free(r->uses);
    mem_free(r->derived);
    mem_free(r->operands);
    mem_free(r->runs);
    mem_free(r->areas);
    mem_free(r->initiatives);
    mem_free(r->goals);
    mem_free(r->measures);
}

/* ---- figures --------------------------------------------------------------------------------------------- */

/* The table: what the command line names, else what the plan names, else figures.csv when it is there. */
static struct plan_figures *read_figures(struct plan_reader *r, const struct xml_node *root, const char *path)
{
    const char *named = plan_attribute(r, root, "figures");
    struct plan_figures *figures = NULL;
    if (path)
        return figures_read(path, (struct source){ 0 }, r->arena, r->diag);
    char *beside = arena_printf(r->arena, "%s/figures.csv", r->plan->folder);
    char *found = NULL;
    if (named || file_exists(beside))
        found = file_resolve(r->plan->folder, named ? named : "figures.csv", plan_at(r, root), r->diag);
    if (found)
        figures = figures_read(found, plan_at(r, root), r->arena, r->diag);
    mem_free(found);
    if (figures)
        return figures;
    figures = plan_figures_new(NULL, r->arena);
    plan_figures_seal(figures);
    return figures;
}

/* ---- the whole ------------------------------------------------------------------------------------------- */

/* What new-year left for a human to do. */
static void tell_reviews(struct plan_reader *r, const struct xml_node *node)
{
    for (; node; node = xml_next(node)) {
        const char *review = xml_attribute(node, "review"), *id = xml_attribute(node, "id");
        if (review) {
            diag_warning(r->diag, xml_source(node), "W230", _("<%s>%s%s waits for a human: %s"), xml_name(node),
                         id ? " " : "", id ? id : "", review);
            diag_remedy(r->diag, _("when it is done, take the attribute review away"));
        }
        tell_reviews(r, xml_first(node));
    }
}

static void read_model(struct plan_reader *r, const struct xml_node *root, const struct plan_input *input)
{
    read_head(r, root);
    read_parts(r, root);
    keep_lists(r);
    struct plan_figures *figures = input->figures ? input->figures : read_figures(r, root, input->figures_path);
    r->plan->figures = figures;
    plan_derive(r, figures);
    plan_resolve_uses(r);
    plan_check(r);
    plan_check_measures(r);
    plan_check_prose(r);
    tell_reviews(r, root);
}

static struct plan *new_plan(const char *path, struct arena *arena)
{
    struct plan_model *model = arena_new_of(arena, struct plan_model);
    char *folder = file_folder(path);
    model->plan.file = arena_strdup(arena, path);
    model->plan.folder = arena_strdup(arena, folder);
    mem_free(folder);
    return &model->plan;
}

const struct plan *plan_read_input(const struct plan_input *input, struct arena *arena, struct diag *diag)
{
    size_t errors = diag_errors(diag);
    struct plan *plan = new_plan(input->path, arena);
    struct plan_reader r = {
        .arena = arena, .diag = diag, .model = (struct plan_model *)plan, .plan = plan, .doc = input->doc
    };
    /* What the schema refuses does not end the run: our own rules look at all that they can make sense of, so that one
       run tells everything. */
    r.is_valid = xml_matches(input->doc, input->schema, diag);
    if (plan_is(xml_root(input->doc), "plan"))
        read_model(&r, xml_root(input->doc), input);
    free_lists(&r);
    return diag_errors(diag) == errors ? plan : NULL;
}

/* A plan that is not even XML does not keep the faults of the table from being told in the same run. */
static void read_figures_alone(const char *path, const char *figures_path, struct arena *arena, struct diag *diag)
{
    char *folder = file_folder(path);
    const char *beside = arena_printf(arena, "%s/figures.csv", folder);
    if (figures_path || file_exists(beside))
        figures_read(figures_path ? figures_path : beside, (struct source){ 0 }, arena, diag);
    mem_free(folder);
}

const struct plan *plan_read(const char *path, const char *figures_path, struct arena *arena, struct diag *diag)
{
    const struct plan *plan = NULL;
    char *schema_path = file_data("templates/schema/plan.xsd");
    struct xml_schema *schema = xml_schema_read(schema_path, diag);
    struct xml_document *doc = xml_read(path, diag);
    if (doc && schema)
        plan = plan_read_input(&(struct plan_input){ path, figures_path, doc, schema, NULL }, arena, diag);
    else if (!doc)
        read_figures_alone(path, figures_path, arena, diag);
    xml_free(doc);             /* the model copies what it keeps; no libxml2 memory outlives this function */
    xml_schema_free(schema);
    mem_free(schema_path);
    return plan;
}
