/* Diagnostics: everything that is told to the person who wrote the input. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A place in an input file. `file` as the user named it; line and column from 1, 0 where there is none (a whole
   file, a spreadsheet cell named in the text). Columns count characters, not bytes. */
struct source {
    const char *file;
    int line, column;
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum diag_format { DIAG_TEXT, DIAG_JSON };

struct diag;

/* Messages are kept, sorted by file order of arrival, and written by diag_print. */
struct diag *diag_new(void);
void diag_free(struct diag *);

/* Put a message. `code` is a letter and three digits that never change meaning ("E207", "W310"): E1 xml, E2 plan,
   E3 figures, E4 design, E5 font and text, E6 layout and charts, E7 output, E8 year, E9 files and program.
   `format` is passed through gettext by the caller: diag_error(d, at, "E207", _("..."), ...). The same message at
   the same place is kept once. */
void diag_error(struct diag *, struct source, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_warning(struct diag *, struct source, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_note(struct diag *, struct source, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The remedy of the message put last: what to write instead. Shown on the next line. Without a message it is lost. */
void diag_remedy(struct diag *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A message that is not printed yet; `index` from 0 in order of arrival. False after the last. */
struct diag_message {
    struct source at;
    enum diag_severity severity;
    const char *code, *text, *remedy;      /* remedy: or NULL; all live as long as the diag */
};
bool diag_get(const struct diag *, size_t index, struct diag_message *out);

size_t diag_errors(const struct diag *);
size_t diag_warnings(const struct diag *);

/* Write all messages, in order of file, line, column; then forget them (the counts stay). Returns how many. */
size_t diag_print(struct diag *, FILE *, enum diag_format);
#endif
