/* What a screen edition carries inside: the plan, its figures, pictures, and a template of one's own. */
#ifndef CLI_SOURCES_H
#define CLI_SOURCES_H
#include "cli/commands.h"
#include "pdf/pdf.h"

/* Attachments in the arena of the job (struct cli_job). False with an error when a file cannot be read any more. */
bool cli_sources(void *job, const struct pdf_attachment **attachments, size_t *n);

/* `text` without the comments that begin with "intern", which are for those who write the plan; a comment alone on its
   line goes with the line. */
void cli_sources_strip(const char *text, size_t n, struct buf *out);
/* The plan as it is published: inner comments dropped, the names of figures and template those of the files inside. */
bool cli_sources_plan(struct cli_job *, struct buf *out);
#endif
