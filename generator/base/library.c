#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/i18n.h"

bool library_open(const char *file, const char *const *names, void *slots, struct source from, struct diag *diag)
{
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL), *function = NULL;
    char *slot = slots;
    for (; library && *names; names++, slot += sizeof function) {
        function = dlsym(library, *names);
        if (!function)
            break;
        /* ISO C has no cast from an object pointer to a function: POSIX promises the bytes are the same (dlsym). */
        memcpy(slot, &function, sizeof function);
    }
    if (function && !*names)
        return true;
    diag_error(diag, from, "E909", _("a library that this needs cannot be opened: %s"), dlerror());
    diag_remedy(diag, _("install the package with %s"), file);
    return false;
}
