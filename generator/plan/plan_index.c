/* Ids of a plan and what they name; the words for kinds. */
#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "plan/plan_internal.h"

static struct plan_id *find_slot(const struct plan_ids *ids, const char *name)
{
    for (size_t i = hash_bytes(name, strlen(name), 0);; i++) {
        struct plan_id *slot = &ids->items[i & (ids->size - 1)];
        if (!slot->name || !strcmp(slot->name, name))
            return slot;
    }
}

const struct plan_id *plan_ids_lookup(const struct plan_ids *ids, const char *name)
{
    if (!ids->size || !name)
        return NULL;
    const struct plan_id *slot = find_slot(ids, name);
    return slot->name ? slot : NULL;
}

static void grow(struct plan_ids *ids, struct arena *arena)
{
    struct plan_ids bigger = { NULL, ids->count, ids->size ? ids->size * 2 : 64 };
    bigger.items = arena_array(arena, struct plan_id, bigger.size);
    for (size_t i = 0; i < ids->size; i++)
        if (ids->items[i].name)
            *find_slot(&bigger, ids->items[i].name) = ids->items[i];
    *ids = bigger;
}

void plan_add_id(struct plan_reader *r, const char *id, enum plan_id_kind kind, const void *what,
                 const struct xml_node *node)
{
    struct plan_ids *ids = &r->model->ids;
    if (!id || !*id)
        return;
    if (ids->count * 2 >= ids->size)
        grow(ids, r->arena);
    struct plan_id *slot = find_slot(ids, id);
    if (slot->name) {
        diag_error(r->diag, plan_at(r, node), "E201", _("the id \"%s\" is there twice; <%s> at line %d has it too"),
                   id, slot->element, slot->at.line);
        diag_remedy(r->diag, _("give one of them another id"));
        return;
    }
    *slot = (struct plan_id){ id, kind, what, r->goal, r->block, arena_strdup(r->arena, xml_name(node)), plan_at(r, node) };
    ids->count++;
}

static const char *nearest_id(const struct plan_ids *ids, const char *name, int kind)
{
    const struct plan_id *nearest = NULL;
    int most = plan_most_changes(name);
    for (size_t i = 0; i < ids->size; i++) {
        const struct plan_id *id = &ids->items[i];
        if (!id->name || (kind >= 0 && (int)id->kind != kind))
            continue;
        int d = plan_distance(name, id->name, most);
        if (d > most || (nearest && d == most && strcmp(id->name, nearest->name) > 0))
            continue;                      /* equally near: the first in the alphabet, whatever the hash's order */
        nearest = id;
        most = d;
    }
    return nearest ? nearest->name : NULL;
}

const char *plan_guess_id(struct plan_reader *r, const char *id, int kind)
{
    bool may_guess = r->model->ids.count <= PLAN_MAX_LIKENED && r->guesses++ < PLAN_MAX_GUESSES;
    return may_guess ? nearest_id(&r->model->ids, id, kind) : NULL;
}

const char *plan_guess_figure(struct plan_reader *r, const char *id)
{
    return r->guesses++ < PLAN_MAX_GUESSES ? plan_figures_nearest(r->plan->figures, id) : NULL;
}

/* ---- what plan.h promises -------------------------------------------------------------------------------- */

static const struct plan_id *lookup(const struct plan *plan, const char *id)
{
    return plan_ids_lookup(&((const struct plan_model *)plan)->ids, id);
}

const struct plan_part *plan_lookup_part(const struct plan *plan, const char *id)
{
    const struct plan_id *found = lookup(plan, id);
    return found && found->kind == ID_PART ? found->what : NULL;
}

const struct plan_measure *plan_lookup_measure(const struct plan *plan, const char *id)
{
    const struct plan_id *found = lookup(plan, id);
    return found && found->kind == ID_MEASURE ? found->what : NULL;
}

const struct plan_goal *plan_lookup_goal(const struct plan *plan, const char *id)
{
    const struct plan_id *found = lookup(plan, id);
    if (!found || (found->kind != ID_GOAL && found->kind != ID_MEASURE))
        return NULL;
    return found->kind == ID_GOAL ? found->what : found->goal;
}

const struct plan_block *plan_lookup_block(const struct plan *plan, const char *id)
{
    const struct plan_id *found = lookup(plan, id);
    return found && (found->kind == ID_BLOCK || found->kind == ID_STATION) ? found->block : NULL;
}

int plan_area_index(const struct plan *plan, const char *id)
{
    const struct plan_part *part = plan_lookup_part(plan, id);
    return part && part->kind == PLAN_FOCUS_AREA ? part->rank : 0;
}

const char *plan_part_name(enum plan_part_kind kind)
{
    static const char *const names[] = { "section", "foreword", "values", "value", "focus-areas", "focus-area",
                                         "initiatives", "initiative", "goals", "goal-group", "appendix" };
    return names[kind];
}

const char *plan_block_name(enum plan_block_kind kind)
{
    static const char *const names[] = { "p", "lead", "list", "definitions", "table", "box", "quote", "picture",
                                         "illustration", "chart", "key-figure", "contents", "page-break", "column-break",
                                         "subheading", "section" };
    return names[kind];
}
