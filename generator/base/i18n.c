#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* Is the entry of a LANGUAGE list, up to ':', English or "no translation"? */
static bool is_english(const char *entry, size_t n)
{
    return (n >= 2 && !strncmp(entry, "en", 2) && (n == 2 || entry[2] == '_' || entry[2] == '.')) ||
           (n >= 1 && entry[0] == 'C' && (n == 1 || entry[1] == '.')) || (n == 5 && !strncmp(entry, "POSIX", 5));
}

/* gettext knows no English catalogue, for the texts in the program are English: in "en:da" it would pass over the
   first wish and answer in Danish. So the list ends before English. */
static void put_languages(struct buf *list, const char *wishes)
{
    for (;;) {
        size_t n = strcspn(wishes, ":");
        if (is_english(wishes, n))
            return;
        if (list->length && n)
            buf_putc(list, ':');
        buf_put(list, wishes, n);
        if (!wishes[n])
            return;
        wishes += n + 1;
    }
}

void i18n_start(void)
{
    const char *wishes = environment("LANGUAGE");
    if (!wishes)
        wishes = environment("LC_ALL");
    if (!wishes)
        wishes = environment("LC_MESSAGES");
    if (!wishes)
        wishes = environment("LANG");
    struct buf languages = BUF_EMPTY;
    if (wishes)
        put_languages(&languages, wishes);
    /* C.UTF-8 is part of every Debian, and unlike "C" lets gettext follow LANGUAGE: da_DK need not be installed. */
    if (languages.length && setlocale(LC_MESSAGES, "C.UTF-8")) {
        setenv("LANGUAGE", buf_text(&languages), 1);
        char *catalogues = file_data("../locale");
        bindtextdomain("plantryk", catalogues);
        mem_free(catalogues);
        bind_textdomain_codeset("plantryk", "UTF-8");
        textdomain("plantryk");
    }
    buf_free(&languages);
}
