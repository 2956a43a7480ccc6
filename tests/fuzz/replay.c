/* Runs a fuzz target over the files it is given, and those of folders: what libFuzzer does, without the search. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static size_t run_path(const char *path, struct diag *diag)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return 0;
    if (!S_ISDIR(st.st_mode)) {
        struct buf bytes = BUF_EMPTY;
        if (!file_read(path, 64 << 20, &bytes, (struct source){ 0 }, diag))
            exit(1);
        LLVMFuzzerTestOneInput((const uint8_t *)buf_text(&bytes), bytes.length);
        buf_free(&bytes);
        return 1;
    }
    size_t count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        struct buf below = BUF_EMPTY;
        buf_printf(&below, "%s/%s", path, entry->d_name);
        count += run_path(below.data, diag);
        buf_free(&below);
    }
    if (folder)
        closedir(folder);
    return count;
}

int main(int count, char **paths)
{
    struct diag *diag = diag_new();
    size_t inputs = 0;
    for (int i = 1; i < count; i++)
        inputs += run_path(paths[i], diag);
    diag_free(diag);
    printf("%zu inputs\n", inputs);
    return inputs ? 0 : 1;
}
