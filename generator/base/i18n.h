/* Messages in the user's language. Every text that a person reads goes through _(). */
#ifndef BASE_I18N_H
#define BASE_I18N_H
#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)        /* for tables: marked here, translated where it is shown */
#define P_(one, many, count) ngettext(one, many, count)        /* for a text with a count: both take the same arguments */

/* Bind the message catalogue of the build or the installation, by LANGUAGE, LC_ALL, LC_MESSAGES, LANG. Only
   LC_MESSAGES is set: numbers are read and written without the locale. Works without da_DK being installed. */
void i18n_start(void);
#endif
