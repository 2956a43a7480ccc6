/* Asking the design: elements, lengths, styles, words. */
#include <string.h>

#include "design/design.h"
#include "design/length.h"

const char *design_attribute(const struct design_element *element, const char *name)
{
    if (!element)
        return NULL;
    for (const char *const *a = element->attributes; *a; a += 2)
        if (!strcmp(a[0], name))
            return a[1];
    return NULL;
}

double design_length(const struct design *design, const struct design_element *element, const char *name, double whole,
                     double missing)
{
    const char *s = design_attribute(element, name);
    double v;
    return s && design_length_read(s, design->page.baseline_step, whole, &v) ? v : missing;
}

bool design_flag(const struct design_element *element, const char *name, bool missing)
{
    const char *s = design_attribute(element, name);
    return s ? !strcmp(s, "yes") : missing;
}

double design_number(const struct design_element *element, const char *name, double missing)
{
    const char *s = design_attribute(element, name);
    double v;
    return s && design_number_read(s, &v) ? v : missing;
}

const struct design_style *design_lookup_style(const struct design *design, const char *name)
{
    for (size_t i = 0; name && i < design->style_count; i++)
        if (!strcmp(design->styles[i]->name, name))
            return design->styles[i];
    return NULL;
}

const struct design_element *design_lookup_component(const struct design *design, const char *name)
{
    for (const struct design_element *c = design->components; c; c = c->next)
        if (!strcmp(c->name, name))
            return c;
    return NULL;
}

/* ---- languages ----------------------------------------------------------------------------------------------------- */

/* `lang` without its region: "da-DK" and "da" are one. */
static bool same_language(const char *a, const char *b)
{
    size_t n = strcspn(a, "-"), m = strcspn(b, "-");
    return n == m && !strncmp(a, b, n);
}

static const struct design_element *find_language(const struct design_element *first, const char *lang)
{
    const struct design_element *english = first;
    for (const struct design_element *e = first; e; e = e->next) {
        const char *own = design_attribute(e, "lang");
        if (lang && same_language(own, lang))
            return e;
        if (same_language(own, "en"))
            english = e;
    }
    return english;
}

static const char *find_word(const struct design_element *language, const char *key)
{
    if (!language)
        return NULL;
    for (const struct design_element *e = language->first; e; e = e->next) {
        const char *own = design_attribute(e, "key");
        if (own && !strcmp(own, key))
            return design_attribute(e, "");
    }
    return NULL;
}

const char *design_word(const struct design *design, const char *lang, const char *key)
{
    const char *word = find_word(find_language(design->words, lang), key);
    if (!word)
        word = find_word(find_language(design->words, "en"), key);
    return word ? word : key;
}

struct design_numbers design_numbers(const struct design *design, const char *lang)
{
    const struct design_element *language = find_language(design->words, lang), *e = language ? language->first : NULL;
    while (e && strcmp(e->name, "numbers"))
        e = e->next;
    return (struct design_numbers){
        design_attribute(e, "decimal"), design_attribute(e, "thousands"),  design_attribute(e, "percent-space"),
        design_attribute(e, "minus"),   design_attribute(e, "range"),      design_attribute(e, "quote-open"),
        design_attribute(e, "quote-close"),
    };
}
