/* What is asked of every drawing's items: in the frame, legible, not on one another. A fault gives its message, in the
   arena; NULL: none. */
#ifndef CHART_CHECKS_H
#define CHART_CHECKS_H
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "display/display.h"

/* Ink of letters, not of the line: capitals to baseline, so that close leading is no overlap. */
static inline struct rect letters(const struct display_item *i)
{
    struct rect box = i->box;
    if (box.height > box.width && fabs(box.height - i->run.width) < 0.5)     /* reads upwards */
        return (struct rect){ box.x + box.width * 0.3, box.y + 0.2, box.width * 0.45, box.height - 0.4 };
    return (struct rect){ box.x + 0.2, box.y + box.height * 0.3, box.width - 0.4, box.height * 0.45 };
}

static inline bool has_ink(const struct display_item *i)
{
    for (size_t k = 0; k < i->run.text_length; k++)
        if ((unsigned char)i->run.text[k] > ' ')
            return true;
    return false;
}

/* A run's box has the font's ascender and descender in it: a little more than its ink. */
static inline const char *frame_fault(const struct display_page *page, struct rect frame, struct arena *arena)
{
    for (const struct display_item *i = page->first; i; i = i->next) {
        if (i->kind > DISPLAY_SYMBOL || i->bleeds || i->box.width < 0)
            continue;
        bool text = i->kind == DISPLAY_GLYPHS;
        if (text && i->run.size < 6.99)
            return arena_printf(arena, "text of %.2f pt", i->run.size);
        if (!rect_contains(frame, i->box, text ? 3.2 : 0.6))
            return arena_printf(arena, "%.*s at %.1f %.1f, %.1f x %.1f, is outside %.1f %.1f, %.1f x %.1f",
                                text ? (int)i->run.text_length : 5, text ? i->run.text : "a path", i->box.x, i->box.y, i->box.width, i->box.height, frame.x, frame.y, frame.width,
                                frame.height);
    }
    return NULL;
}

static inline size_t count_texts(const struct display_page *page)
{
    size_t n = 0;
    for (const struct display_item *i = page->first; i; i = i->next)
        n += i->kind == DISPLAY_GLYPHS;
    return n;
}

/* Letters on an arc are left out: their boxes stand askew and overlap without touching. */
static inline const char *overlap_fault(const struct display_page *page, struct arena *arena)
{
    static const struct display_item *texts[4096];
    size_t n = 0;
    for (const struct display_item *i = page->first; i && n < 4096; i = i->next)
        if (i->kind == DISPLAY_GLYPHS && has_ink(i) && i->node->role != DISPLAY_SPAN)
            texts[n++] = i;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (rect_intersects(letters(texts[a]), letters(texts[b])))
                return arena_printf(arena, "\"%.*s\" (%.1f pt, at %.1f %.1f) is on \"%.*s\" (%.1f pt, at %.1f %.1f)",
                                    (int)texts[a]->run.text_length, texts[a]->run.text, texts[a]->run.size,
                                    texts[a]->x, texts[a]->y, (int)texts[b]->run.text_length, texts[b]->run.text,
                                    texts[b]->run.size, texts[b]->x, texts[b]->y);
    return NULL;
}
#endif
