/* Parts: chapters, and what they are divided into. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "plan/plan_internal.h"

static bool part_kind(const struct xml_node *node, enum plan_part_kind *kind)
{
    for (int k = PLAN_SECTION; k <= PLAN_APPENDIX; k++) {
        if (!plan_is(node, plan_part_name((enum plan_part_kind)k)))
            continue;
        *kind = (enum plan_part_kind)k;
        return true;
    }
    return false;
}

static bool is_within_limits(struct plan_reader *r, const struct plan_part *part)
{
    if (++r->part_count > PLAN_MAX_PARTS) {
        diag_error(r->diag, part->at, "E217", _("the plan has more than %d parts, the limit"), PLAN_MAX_PARTS);
        diag_remedy(r->diag, _("split the plan"));
        return false;
    }
    if (part->depth > PLAN_MAX_DEPTH) {
        diag_error(r->diag, part->at, "E217", _("the part stands %d levels deep, the limit is %d"), part->depth,
                   PLAN_MAX_DEPTH);
        diag_remedy(r->diag, _("use a <subheading> instead of one more level"));
        return false;
    }
    if (part->kind == PLAN_FOCUS_AREA && r->area_count >= PLAN_MAX_AREAS) {
        diag_error(r->diag, part->at, "E217", _("the plan has more than %d focus areas, the limit"), PLAN_MAX_AREAS);
        diag_remedy(r->diag, _("a template has colours for %d areas; put two of them together"), PLAN_MAX_AREAS);
        return false;
    }
    return true;
}

static void read_attributes(struct plan_reader *r, const struct xml_node *node, struct plan_part *part)
{
    part->id = plan_attribute(r, node, "id");
    part->number = plan_attribute(r, node, "number");
    part->lang = plan_language(r, node);
    part->icon = plan_attribute(r, node, "icon");
    part->short_title = plan_attribute(r, node, "short-title");
    part->area = plan_attribute(r, node, "area");
    part->serves = part->kind == PLAN_INITIATIVE ? plan_id_list(r, node, "serves") : NULL;
    plan_add_id(r, part->id, ID_PART, part, node);
    if (part->area)
        plan_add_reference(r, part->area, REFERENCE_AREA, "area", node);
    for (size_t i = 0; part->serves && part->serves[i]; i++)
        plan_add_reference(r, part->serves[i], REFERENCE_AREA, "serves", node);
    if (part->number && utf8_length(part->number, strlen(part->number)) > PLAN_MAX_CHAPTER_NUMBER) {
        diag_error(r->diag, part->at, "E217", _("the number \"%s\" is longer than the limit of %d characters"),
                   part->number, PLAN_MAX_CHAPTER_NUMBER);
        diag_remedy(r->diag, _("put the words into the title"));
    }
}

/* Focus areas and initiatives are also kept in a list of their own, in the order of the plan. */
static void list_part(struct plan_reader *r, struct plan_part *part)
{
    if (part->kind == PLAN_FOCUS_AREA) {
        VEC_GROW(r->areas, r->area_capacity, r->area_count + 1);
        r->areas[r->area_count++] = part;
        part->rank = (int)r->area_count;
    } else if (part->kind == PLAN_INITIATIVE) {
        VEC_GROW(r->initiatives, r->initiative_capacity, r->initiative_count + 1);
        r->initiatives[r->initiative_count++] = part;
    }
}

/* A part inside a part stands among its blocks, in order. */
static struct plan_block *wrap(struct plan_reader *r, const struct plan_part *part)
{
    struct plan_block *block = arena_new_of(r->arena, struct plan_block);
    block->kind = PLAN_PART;
    block->part = part;
    block->at = part->at;
    return block;
}

static const struct plan_block *read_content(struct plan_reader *r, const struct xml_node *node)
{
    const struct plan_block *first = NULL, **tail = &first;
    struct plan_part *last = NULL;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
        const struct plan_part *part = NULL;
        struct plan_block *block = plan_read_block(r, child);
        if (!block && (part = plan_read_part(r, child)))
            block = wrap(r, part);
        if (!block)
            continue;
        if (part) {
            if (last)
                last->next = part;
            last = (struct plan_part *)part;
        }
        *tail = block;
        tail = &block->next;
    }
    return first;
}

const struct plan_part *plan_read_part(struct plan_reader *r, const struct xml_node *node)
{
    enum plan_part_kind kind;
    if (!part_kind(node, &kind))
        return NULL;
    struct plan_part *part = arena_new_of(r->arena, struct plan_part);
    part->kind = kind;
    part->at = plan_at(r, node);
    part->parent = r->part;
    part->depth = r->part ? r->part->depth + 1 : 1;
    if (!is_within_limits(r, part))
        return NULL;
    read_attributes(r, node, part);
    list_part(r, part);
    r->part = part;
    part->title = plan_read_child(r, node, "title");
    part->blocks = read_content(r, node);
    if (kind == PLAN_GOAL_GROUP)
        part->goals = plan_read_goals(r, node, part);
    r->part = part->parent;
    return part;
}
