/* XML as bytes: reading, walking all of it, and checking it against the schema of a plan. */
#include <stdint.h>
#include <stdlib.h>

#include "xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static size_t walk(const struct xml_node *node, const struct xml_document *doc, struct arena *arena)
{
    struct xml_piece *pieces;
    struct xml_extent extent;
    size_t size, count = xml_pieces(node, arena, &pieces);
    xml_bytes(doc, &size);
    xml_extent(node, &extent);
    if (extent.begin >= extent.text || extent.text > extent.text_end || extent.text_end > extent.end || extent.end > size)
        abort();
    if (xml_source(node).line < 1 || xml_source(node).column < 1)
        abort();
    for (size_t i = 0; i < xml_attribute_count(node); i++)
        if (!xml_attribute(node, xml_attribute_name(node, i)))
            abort();
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        count += walk(child, doc, arena);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct xml_schema *schema;
    struct diag *diag = diag_new();
    struct arena *arena = arena_new();
    if (!schema)
        schema = xml_schema_read(SOURCE_DIR "/templates/schema/plan.xsd", diag);
    struct xml_document *doc = xml_read_bytes("fuzz.xml", bytes, n, diag);
    if (doc) {
        walk(xml_root(doc), doc, arena);
        size_t before = diag_errors(diag);
        bool valid = !schema || xml_matches(doc, schema, diag);
        if (valid != (diag_errors(diag) == before))
            abort();
    } else if (!diag_errors(diag)) {
        abort();
    }
    xml_free(doc);
    arena_free(arena);
    diag_free(diag);
    return 0;
}
