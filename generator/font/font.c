#include "font/font.h"

#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "xml/xml.h"

/* A face of fonts.xml, opened when it is first asked for. `face` comes first: a font_face is an own_face. */
struct own_face {
    struct font_face face;
    const char *sha256, *sum;
    enum { UNOPENED, OPEN, BROKEN } state;
    hb_face_t *hb_face;
    hb_font_t *hb_font;
    void *slots[FONT_SLOTS];
    void (*release[FONT_SLOTS])(void *);
};

struct profile {
    const char *name, *path, *sha256;
};

struct font_set {
    struct arena *arena;
    char *list;                        /* path of fonts.xml */
    struct own_face *faces;
    size_t face_count;
    struct profile *profiles;
    size_t profile_count;
};

static struct own_face *own(const struct font_face *face)
{
    return (struct own_face *)(uintptr_t)face;
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

/* Where the build has put the copy of a package's file. */
static const char *copy_of(const char *folder, const struct xml_node *node, struct arena *arena)
{
    const char *source = xml_attribute(node, "source");
    char *path = file_data(folder);
    const char *copy = arena_printf(arena, "%s/%s", path, file_name(source ? source : ""));
    mem_free(path);
    return copy;
}

static const char *attribute(const struct xml_node *node, const char *name, struct arena *arena)
{
    const char *value = xml_attribute(node, name);
    return arena_strdup(arena, value ? value : "");
}

static void put_face(struct font_set *set, const struct xml_node *family, const struct xml_node *node)
{
    struct own_face *own_face = &set->faces[set->face_count];
    own_face->face = (struct font_face){
        .family = attribute(family, "name", set->arena),
        .style = attribute(node, "style", set->arena),
        .path = copy_of("fonts", node, set->arena),
        .licence = attribute(family, "licence", set->arena),
        .weight = (unsigned)strtoul(attribute(node, "weight", set->arena), NULL, 10),
        .italic = !strcmp(attribute(node, "italic", set->arena), "yes"),
        .index = (unsigned)set->face_count,
    };
    own_face->sha256 = attribute(node, "sha256", set->arena);
    own_face->sum = attribute(node, "sum", set->arena);
    set->face_count++;
}

static size_t count_below(const struct xml_node *node)
{
    size_t n = 0;
    for (const struct xml_node *child = xml_first(node); child; child = xml_next(child))
        n += 1 + count_below(child);
    return n;
}

static void put_all(struct font_set *set, const struct xml_node *root)
{
    size_t most = count_below(root);
    set->faces = arena_array(set->arena, struct own_face, most + 1);
    set->profiles = arena_array(set->arena, struct profile, most + 1);
    for (const struct xml_node *node = xml_first(root); node; node = xml_next(node)) {
        if (!strcmp(xml_name(node), "profile"))
            set->profiles[set->profile_count++] =
                (struct profile){ attribute(node, "name", set->arena), copy_of("profiles", node, set->arena),
                                  attribute(node, "sha256", set->arena) };
        if (!strcmp(xml_name(node), "family"))
            for (const struct xml_node *face = xml_first(node); face; face = xml_next(face))
                put_face(set, node, face);
    }
}

struct font_set *font_set_new(struct diag *diag)
{
    char *list = file_data("fonts/fonts.xml");
    struct xml_document *doc = xml_read(list, diag);
    if (!doc) {
        mem_free(list);
        return NULL;
    }
    struct font_set *set = mem_alloc(sizeof *set);
    set->arena = arena_new();
    set->list = list;
    put_all(set, xml_root(doc));
    xml_free(doc);
    return set;
}

static void close_face(struct own_face *face)
{
    for (int i = 0; i < FONT_SLOTS; i++)
        if (face->slots[i] && face->release[i])
            face->release[i](face->slots[i]);
    hb_font_destroy(face->hb_font);
    hb_face_destroy(face->hb_face);
    if (face->face.bytes)
        munmap((void *)(uintptr_t)face->face.bytes, face->face.size);
}

void font_set_free(struct font_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->face_count; i++)
        close_face(&set->faces[i]);
    arena_free(set->arena);
    mem_free(set->list);
    mem_free(set);
}

/* ---- reading a font (OpenType 1.9) ------------------------------------------------------------------------------ */

struct table {
    hb_blob_t *blob;
    const unsigned char *bytes;
    unsigned size;
};

static struct table open_table(hb_face_t *face, const char tag[4])
{
    struct table t = { hb_face_reference_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3])), NULL, 0 };
    t.bytes = (const unsigned char *)hb_blob_get_data(t.blob, &t.size);
    return t;
}

/* 0 beyond the end: a short table then shows as a wrong number, never as a read outside it. */
static int get_u16(const struct table *t, unsigned at)
{
    return at + 2 <= t->size ? t->bytes[at] << 8 | t->bytes[at + 1] : 0;
}

static int get_i16(const struct table *t, unsigned at)
{
    return (int16_t)get_u16(t, at);
}

static void read_head(struct font_face *face, hb_face_t *hb)
{
    struct table head = open_table(hb, "head");
    face->upem = get_u16(&head, 18);
    for (unsigned i = 0; i < 4; i++)
        face->bbox[i] = get_i16(&head, 36 + 2 * i);
    hb_blob_destroy(head.blob);
}

static void read_post(struct font_face *face, hb_face_t *hb)
{
    struct table post = open_table(hb, "post");
    face->italic_angle = get_i16(&post, 4) + get_u16(&post, 6) / 65536.0;
    face->fixed_pitch = get_u16(&post, 12) || get_u16(&post, 14);
    hb_blob_destroy(post.blob);
}

/* hhea 4, 6 and OS/2 68, 86, 88: version 2 and later has the heights of x and H. */
static void read_heights(struct font_face *face, hb_face_t *hb)
{
    struct table hhea = open_table(hb, "hhea"), os2 = open_table(hb, "OS/2");
    face->ascender = get_i16(&hhea, 4);
    face->descender = get_i16(&hhea, 6);
    if (get_u16(&os2, 0) >= 2) {
        face->x_height = get_i16(&os2, 86);
        face->cap_height = get_i16(&os2, 88);
    }
    hb_blob_destroy(hhea.blob);
    hb_blob_destroy(os2.blob);
}

/* hmtx: the glyphs after the last full entry have its advance (fixed pitch fonts save room so). */
static void read_advances(struct font_set *set, struct font_face *face, hb_face_t *hb)
{
    struct table hhea = open_table(hb, "hhea"), hmtx = open_table(hb, "hmtx");
    unsigned full = (unsigned)get_u16(&hhea, 34);
    uint16_t *advances = arena_array(set->arena, uint16_t, face->glyph_count);
    for (unsigned i = 0; i < face->glyph_count && full; i++)
        advances[i] = (uint16_t)get_u16(&hmtx, 4 * (i < full ? i : full - 1));
    face->advances = advances;
    hb_blob_destroy(hhea.blob);
    hb_blob_destroy(hmtx.blob);
}

static const char *read_name(struct font_set *set, hb_face_t *hb)
{
    char name[128];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    return arena_strdup(set->arena, size ? name : "");
}

static bool read_tables(struct font_set *set, struct own_face *own_face)
{
    struct font_face *face = &own_face->face;
    hb_blob_t *blob = hb_blob_create(face->bytes, (unsigned)face->size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb = own_face->hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    own_face->hb_font = hb_font_create(hb);
    face->glyph_count = hb_face_get_glyph_count(hb);
    face->postscript_name = read_name(set, hb);
    read_head(face, hb);
    read_post(face, hb);
    read_heights(face, hb);
    read_advances(set, face, hb);
    return face->glyph_count && face->upem >= 16 && face->upem <= 16384 && face->ascender > 0 && *face->postscript_name;
}

/* ---- opening ------------------------------------------------------------------------------------------------------ */

static bool map_file(struct font_face *face, struct source from, struct diag *diag)
{
    int fd = open(face->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *bytes = MAP_FAILED;
    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0)
        bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    int error = errno;
    if (fd >= 0)
        close(fd);
    if (bytes == MAP_FAILED) {
        diag_error(diag, from, "E502", _("the font %s %s cannot be opened: %s: %s"), face->family, face->style, face->path,
                   strerror(error));
        diag_remedy(diag, _("install the program again; its fonts stand beside it"));
        return false;
    }
    face->bytes = bytes;
    face->size = (size_t)st.st_size;
    return true;
}

/* By the whole file's SHA-256. */
static bool check_sha256(const void *bytes, size_t n, const char *wanted, const char *path, struct source from, struct diag *diag)
{
    char found[65];
    sha256_hex(bytes, n, found);
    if (!strcmp(found, wanted))
        return true;
    diag_error(diag, from, "E503", _("the file %s is another than fonts.xml names: its SHA-256 is %s"), path, found);
    diag_remedy(diag, _("install the program again; a plan set with another file would break its lines elsewhere"));
    return false;
}

/* By the file's sum: a hundred times as fast, and a font of another version or a damaged one has another. Where it differs,
   SHA-256 decides, and says what was found. */
static bool check_file(const struct own_face *face, struct source from, struct diag *diag)
{
    char found[33];
    hash_sum_hex(face->face.bytes, face->face.size, found);
    return !strcmp(found, face->sum) ||
           check_sha256(face->face.bytes, face->face.size, face->sha256, face->face.path, from, diag);
}

bool font_set_check(const struct font_set *set, struct diag *diag)
{
    const struct source from = { set->list, 1, 1 };
    bool good = true;
    for (size_t i = 0; i < set->face_count; i++) {
        const struct own_face *face = &set->faces[i];
        if (face->state == OPEN)
            good &= check_sha256(face->face.bytes, face->face.size, face->sha256, face->face.path, from, diag);
    }
    return good;
}

static bool open_face(struct font_set *set, struct own_face *face, struct source from, struct diag *diag)
{
    if (!map_file(&face->face, from, diag))
        return false;
    if (!check_file(face, from, diag))
        return false;
    if (read_tables(set, face))
        return true;
    diag_error(diag, from, "E504", _("the font file %s cannot be read"), face->face.path);
    return false;
}

static void tell_unknown(const struct font_set *set, const char *family, const char *style, struct source from,
                         struct diag *diag)
{
    struct buf styles = BUF_EMPTY, families = BUF_EMPTY;
    const char *last = "";
    for (size_t i = 0; i < set->face_count; i++) {
        const struct font_face *face = &set->faces[i].face;
        if (!strcmp(face->family, family))
            buf_printf(&styles, "%s%s", styles.length ? ", " : "", face->style);
        if (strcmp(face->family, last))
            buf_printf(&families, "%s%s", families.length ? ", " : "", face->family);
        last = face->family;
    }
    diag_error(diag, from, "E501", _("there is no font %s %s"), family, style);
    if (styles.length)
        diag_remedy(diag, _("%s has: %s"), family, buf_text(&styles));
    else
        diag_remedy(diag, _("the fonts are: %s"), buf_text(&families));
    buf_free(&styles);
    buf_free(&families);
}

const struct font_face *font_lookup(struct font_set *set, const char *family, const char *style, struct source from,
                                    struct diag *diag)
{
    struct own_face *face = NULL;
    for (size_t i = 0; i < set->face_count && !face; i++)
        if (!strcmp(set->faces[i].face.family, family) && !strcmp(set->faces[i].face.style, style))
            face = &set->faces[i];
    if (!face) {
        tell_unknown(set, family, style, from, diag);
        return NULL;
    }
    if (face->state == UNOPENED)
        face->state = open_face(set, face, from, diag) ? OPEN : BROKEN;
    return face->state == OPEN ? &face->face : NULL;
}

size_t font_count(const struct font_set *set)
{
    return set->face_count;
}

const struct font_face *font_at(struct font_set *set, size_t index, struct source from, struct diag *diag)
{
    const struct font_face *face = &set->faces[index].face;
    return font_lookup(set, face->family, face->style, from, diag);
}

unsigned font_glyph(const struct font_face *face, uint32_t character)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(own(face)->hb_font, character, &glyph) ? glyph : 0;
}

void *font_slot(const struct font_face *face, enum font_slot slot)
{
    return own(face)->slots[slot];
}

void font_set_slot(const struct font_face *face, enum font_slot slot, void *object, void (*release)(void *))
{
    own(face)->slots[slot] = object;
    own(face)->release[slot] = release;
}

/* ---- subsets -------------------------------------------------------------------------------------------------------- */

bool font_subset(const struct font_face *face, const uint16_t *glyphs, size_t n, struct buf *out)
{
    /* What a page description does not read; without GSUB nothing is added to the glyphs but parts of composites. */
    static const char dropped[][5] = { "GSUB", "GPOS", "GDEF", "DSIG", "STAT", "BASE", "JSTF", "MATH", "meta" };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return false;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t *wanted = hb_subset_input_glyph_set(input), *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        hb_set_add(drop, HB_TAG(dropped[i][0], dropped[i][1], dropped[i][2], dropped[i][3]));
    hb_set_add(wanted, 0);
    for (size_t i = 0; i < n; i++)
        hb_set_add(wanted, glyphs[i]);
    hb_face_t *subset = hb_subset_or_fail(own(face)->hb_face, input);
    hb_subset_input_destroy(input);
    if (!subset)
        return false;
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned size = 0;
    const char *bytes = hb_blob_get_data(blob, &size);
    buf_put(out, bytes, size);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    return size > 0;
}

/* ---- colour profiles ------------------------------------------------------------------------------------------------- */

bool font_set_profile(const struct font_set *set, const char *name, struct buf *out, struct source from, struct diag *diag)
{
    enum { PROFILE_LIMIT = 16 * 1024 * 1024 };
    for (size_t i = 0; i < set->profile_count; i++)
        if (!strcmp(set->profiles[i].name, name))
            return file_read(set->profiles[i].path, PROFILE_LIMIT, out, from, diag) &&
                   check_sha256(out->data, out->length, set->profiles[i].sha256, set->profiles[i].path, from, diag);
    diag_error(diag, from, "E505", _("there is no colour profile %s in fonts.xml"), name);
    return false;
}
