/* Any bytes as a plan: XML up to the first NUL, the table of figures behind it. A plan comes out exactly when there is no
   error, and then everything that its readers follow is there. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan_internal.h"
#include "plan/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static size_t walk_inline(const struct plan_inline *text)
{
    size_t n = 0;
    for (; text; text = text->next) {
        if (text->figure && (!text->figure->figure || (text->figure->form == PLAN_FORM_DIFFERENCE && !text->figure->from)))
            abort();
        n += 1 + walk_inline(text->first);
    }
    return n;
}

static size_t walk_part(const struct plan_part *);

static size_t walk_blocks(const struct plan_block *b)
{
    size_t n = 0;
    for (; b; b = b->next) {
        n += walk_inline(b->title) + walk_inline(b->text) + walk_blocks(b->blocks);
        if (b->kind == PLAN_PART)
            n += walk_part(b->part);
        if (b->figure && !b->figure->figure)
            abort();
        for (const struct plan_item *item = b->items; item; item = item->next)
            n += walk_inline(item->title) + walk_inline(item->text) + walk_blocks(item->blocks);
    }
    return n;
}

static size_t walk_part(const struct plan_part *part)
{
    if (!part->id || (!part->title && part->kind != PLAN_VALUES && part->kind != PLAN_GOAL_GROUP))
        abort();
    return walk_inline(part->title) + walk_blocks(part->blocks);
}

static void walk(const struct plan *plan)
{
    if (!plan->title || !plan->organisation || !plan->period || plan->first_year > plan->last_year)
        abort();
    for (const struct plan_part *part = plan->parts; part; part = part->next)
        walk_part(part);
    for (size_t i = 0; i < plan->goal_count; i++) {
        plan_goal_state(plan, plan->goals[i]);
        for (const struct plan_measure *m = plan->goals[i]->measures; m; m = m->next)
            if (plan_lookup_measure(plan, m->id) != m || plan_lookup_goal(plan, m->id) != plan->goals[i])
                abort();
    }
    for (size_t i = 0; i < plan->area_count; i++)
        if (plan_area_index(plan, plan->areas[i]->id) != (int)i + 1)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct xml_schema *schema;
    struct arena *arena = arena_new();
    struct diag *diag = diag_new();
    struct buf table = BUF_EMPTY;
    if (!schema)
        schema = xml_schema_read(SOURCE_DIR "/templates/schema/plan.xsd", diag);
    const uint8_t *nul = n ? memchr(bytes, 0, n) : NULL;
    size_t length = nul ? (size_t)(nul - bytes) : n;
    if (nul)
        buf_put(&table, nul + 1, n - length - 1);
    struct plan_figures *figures = plan_figures_new("fuzz.csv", arena);
    plan_figures_seal(figures);
    if (table.length)
        figures_csv_read(figures, &table, diag);
    size_t errors = diag_errors(diag);
    struct xml_document *doc = xml_read_bytes("fuzz/plan.xml", bytes, length, diag);
    const struct plan *plan = NULL;
    if (doc)
        plan = plan_read_input(&(struct plan_input){ "fuzz/plan.xml", NULL, doc, schema, figures }, arena, diag);
    if (!plan == (diag_errors(diag) == errors))
        abort();
    xml_free(doc);
    if (plan)
        walk(plan);
    buf_free(&table);
    diag_free(diag);
    arena_free(arena);
    return 0;
}
