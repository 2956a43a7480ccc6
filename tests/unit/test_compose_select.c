/* Which arrangement a part gets, and what a selector finds: the rules of docs/template.md on contexts made by hand. */
#include <check.h>
#include <stdlib.h>

#include "compose/run.h"
#include "unit.h"

static struct plan_item items[] = { { .next = &items[1] }, { .next = &items[2] }, { .icon = "home" } };
static struct plan_part value = { .kind = PLAN_VALUE, .icon = "home" };
static struct plan_part values = { .kind = PLAN_VALUES };
static struct plan_block inside = { .kind = PLAN_PART, .part = &value };
static struct plan_block nested = { .kind = PLAN_PART, .part = &values };
static struct plan_block list = { .kind = PLAN_LIST, .style = "bullet", .items = items, .next = &nested };
static struct plan_block wheel = { .kind = PLAN_ILLUSTRATION, .variant = "wheel", .next = &list };
static struct plan_block lead = { .kind = PLAN_LEAD, .next = &wheel };
static struct plan_part part = { .kind = PLAN_SECTION, .number = "5A", .depth = 1, .blocks = &lead };

static struct run_context context(void)
{
    values.blocks = &inside;
    return (struct run_context){ .part = &part, .blocks = part.blocks, .count = 3, .index = 0 };
}

static bool holds(const char *name, const char *value_)
{
    const char *attributes[] = { name, value_, NULL };
    struct design_element element = { .name = "when", .attributes = attributes };
    struct run_context in_hand = context();
    return run_condition(NULL, &in_hand, &element);
}

START_TEST(has_and_lacks)
{
    ck_assert(holds("has", "lead"));
    ck_assert(holds("has", "lead illustration:wheel"));
    ck_assert(!holds("has", "lead illustration:cycle"));
    ck_assert(holds("has", "list:bullet"));
    ck_assert(!holds("has", "list:number"));
    ck_assert(holds("has", "number"));
    ck_assert(holds("lacks", "picture table"));
    ck_assert(!holds("lacks", "picture lead"));
    /* Values without a heading of their own count as the section's. */
    ck_assert(holds("has", "value"));
    ck_assert(holds("has", "value:icon"));
}
END_TEST

START_TEST(counts_and_positions)
{
    ck_assert(holds("count", "item 3"));
    ck_assert(holds("count", "item 2-"));
    ck_assert(holds("count", "item 1-3"));
    ck_assert(!holds("count", "item 2"));
    ck_assert(!holds("count", "item 4-"));
    ck_assert(holds("count", "picture 0-2"));
    ck_assert(holds("count", "item 3, picture 0"));
    ck_assert(holds("count", "item 2-, lead 1, picture 0-"));
    ck_assert(!holds("count", "item 3, picture 1-"));
    ck_assert(!holds("count", "item 4, picture 0"));
    ck_assert(holds("position", "first"));
    ck_assert(!holds("position", "later"));
    ck_assert(!holds("position", "only"));
}
END_TEST

/* A chapter with a list of three, and one with goals of one, of none and of two measures. */
START_TEST(the_plan_as_a_whole)
{
    static struct plan_measure two[] = { { .next = &two[1] }, { .id = "b" } }, one = { .id = "a" };
    static struct plan_goal goals[] = { { .measures = &one, .next = &goals[1] }, { .next = &goals[2] }, { .measures = two } };
    static struct plan_part group = { .kind = PLAN_GOAL_GROUP, .goals = goals };
    static struct plan_block groups = { .kind = PLAN_PART, .part = &group };
    static struct plan_part chapters[] = { { .kind = PLAN_SECTION, .blocks = &wheel, .next = &chapters[1] },
                                           { .kind = PLAN_GOALS, .blocks = &groups } };
    static struct plan plan = { .lang = "da", .parts = chapters };
    struct run run = { .plan = &plan };
    struct run_context in_hand = context();
    static const struct { const char *amounts; bool want; } cases[] = {
        { "item 3", true }, { "goal 3, illustration 1", true }, { "measure 5", true }, { "goal 4-", false }, { "lead 1", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *attributes[] = { "whole", cases[i].amounts, NULL };
        struct design_element element = { .name = "when", .attributes = attributes };
        ck_assert_msg(run_condition(&run, &in_hand, &element) == cases[i].want, "%s", cases[i].amounts);
    }
}
END_TEST

static const char *any[] = { "match", "*", NULL }, *flat[] = { "match", "section", "lacks", "illustration", NULL },
                  *round_[] = { "match", "foreword section", "has", "illustration:wheel", NULL };

START_TEST(the_first_that_matches)
{
    struct design_element last = { .name = "arrangement", .attributes = any };
    struct design_element second = { .name = "arrangement", .attributes = round_, .next = &last };
    struct design_element first = { .name = "arrangement", .attributes = flat, .next = &second };
    struct design design = { .arrangements = &first };
    struct run run = { .design = &design };
    struct run_context in_hand = context();
    ck_assert_ptr_eq(run_arrangement(&run, &in_hand), &second);
    part.kind = PLAN_APPENDIX;
    ck_assert_ptr_eq(run_arrangement(&run, &in_hand), &last);
    /* Blocks and nested parts want one that names them. */
    part.kind = PLAN_SECTION;
    part.depth = 2;
    ck_assert_ptr_null(run_arrangement(&run, &in_hand));
    part.depth = 1;
    struct run_context block = run_block_context(&run, &in_hand, &wheel);
    ck_assert_ptr_null(run_arrangement(&run, &block));
}
END_TEST

START_TEST(what_is_taken_is_not_found_again)
{
    struct run run = { .plan = NULL };
    struct run_context in_hand = context();
    ck_assert_ptr_eq(run_find_block(&run, &in_hand, "picture list"), &list);
    run_take(&run, &list);
    ck_assert_ptr_null(run_find_block(&run, &in_hand, "picture list"));
    ck_assert_ptr_eq(run_find_block(&run, &in_hand, "*"), &lead);
    run_map_free(&run.taken);
}
END_TEST

/* Many addresses, so that the map has grown and probed. */
START_TEST(maps)
{
    static char things[1000];
    struct run_map map = { 0 };
    ck_assert_ptr_null(run_map_lookup(&map, things));
    for (size_t i = 0; i < sizeof things; i++)
        run_map_set(&map, &things[i], &things[sizeof things - 1 - i]);
    run_map_set(&map, &things[7], things);
    for (size_t i = 0; i < sizeof things; i++)
        ck_assert_ptr_eq(run_map_lookup(&map, &things[i]), i == 7 ? things : &things[sizeof things - 1 - i]);
    ck_assert_uint_eq(map.count, sizeof things);
    run_map_free(&map);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compose_select");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, has_and_lacks);
    tcase_add_test(rules, counts_and_positions);
    tcase_add_test(rules, the_plan_as_a_whole);
    tcase_add_test(rules, the_first_that_matches);
    tcase_add_test(rules, what_is_taken_is_not_found_again);
    tcase_add_test(rules, maps);
    suite_add_tcase(suite, rules);
    return unit_run(suite);
}
