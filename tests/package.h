/* Workbooks made in memory, for tests: a ZIP package of a few files, and the least that XLSX and ODS need round a sheet. */
#ifndef TESTS_PACKAGE_H
#define TESTS_PACKAGE_H
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"

struct package_file {
    const char *name, *text;
};

/* Pack the files, unpressed, the first one first. */
static inline void package_put(struct buf *out, const struct package_file *files, size_t n)
{
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *text = zip_source_buffer(zip, files[i].text, strlen(files[i].text), 0);
        zip_int64_t index = zip_file_add(zip, files[i].name, text, 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    if (zip_close(zip) < 0 || zip_source_open(memory) < 0)
        abort();
    char block[4096];
    for (zip_int64_t got; (got = zip_source_read(memory, block, sizeof block)) > 0;)
        buf_put(out, block, (size_t)got);
    zip_source_close(memory);
    zip_source_free(memory);
}

/* A workbook whose one sheet is `sheet`. Cell styles: 0 general, 1 "0.0", 2 "0.00", 3 "0.0%", 4 a date, 5 "#,##0". */
static inline void package_put_xlsx(struct buf *out, const char *sheet)
{
    static const char relations[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"r1\" Type=\"t\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    static const char book[] =
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
        "<sheets><sheet name=\"Tal\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    static const char styles[] =
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"2\">"
        "<numFmt numFmtId=\"164\" formatCode=\"0.0\"/><numFmt numFmtId=\"165\" formatCode=\"0.0%\"/></numFmts><cellXfs>"
        "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"2\"/><xf numFmtId=\"165\"/><xf numFmtId=\"14\"/>"
        "<xf numFmtId=\"3\"/></cellXfs></styleSheet>";
    static const char strings[] = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                                  "<si><t>id</t></si><si><r><t>per</t></r><r><t>iod</t></r></si></sst>";
    const struct package_file files[] = { { "xl/workbook.xml", book },
                                          { "xl/_rels/workbook.xml.rels", relations },
                                          { "xl/styles.xml", styles },
                                          { "xl/sharedStrings.xml", strings },
                                          { "xl/worksheets/sheet1.xml", sheet } };
    package_put(out, files, sizeof files / sizeof *files);
}

static inline void package_put_ods(struct buf *out, const char *content)
{
    const struct package_file files[] = { { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
                                          { "content.xml", content } };
    package_put(out, files, sizeof files / sizeof *files);
}
#endif
