/* What breaks the grammar of XML, said in words for the person who wrote it. */
#include <libxml/xmlerror.h>
#include <string.h>

#include "base/i18n.h"
#include "xml/xml_internal.h"

/* Where the fault is, seen from where the parser noticed it. */
enum look { HERE, TAG, AMPERSAND, MARK };      /* there; at the "<" before it; at the "&"; at the "<!" or "<?" */

static const struct fault {
    int code;
    enum look look;
    const char *text, *remedy;         /* a remedy may be NULL */
} faults[] = {
    { XML_ERR_DOCUMENT_EMPTY, HERE, N_("the document does not begin with an element"), NULL },
    { XML_ERR_DOCUMENT_END, HERE, N_("there is more after the end of the root element"),
      N_("all content stands inside one root element") },
    { XML_ERR_INVALID_CHAR, HERE, N_("a character that XML does not allow"), N_("delete the invisible control character") },
    { XML_ERR_INVALID_DEC_CHARREF, AMPERSAND, N_("this is no character number"), N_("write it like &#160; or &#xA0;") },
    { XML_ERR_INVALID_HEX_CHARREF, AMPERSAND, N_("this is no character number"), N_("write it like &#160; or &#xA0;") },
    { XML_ERR_INVALID_CHARREF, AMPERSAND, N_("this number is no character that XML allows"), NULL },
    { XML_ERR_NAME_REQUIRED, HERE, N_("a name is missing after \"<\" or \"&\""),
      N_("as plain characters, write &amp; for \"&\" and &lt; for \"<\"") },
    { XML_ERR_ENTITYREF_NO_NAME, AMPERSAND, N_("a name is missing after \"&\""), N_("as a plain character, write &amp; for \"&\"") },
    { XML_ERR_ENTITYREF_SEMICOL_MISSING, AMPERSAND, N_("the \"&\" begins an entity, and its \";\" is missing"),
      N_("as a plain character, write &amp; for \"&\"") },
    { XML_ERR_LT_IN_ATTRIBUTE, TAG, N_("\"<\" is not allowed in the value of an attribute"),
      N_("write &lt;, and look whether the quotation mark before it is missing") },
    { XML_ERR_ATTRIBUTE_NOT_STARTED, TAG, N_("the value of an attribute stands without quotation marks"),
      N_("write it like name=\"value\"") },
    { XML_ERR_ATTRIBUTE_NOT_FINISHED, TAG, N_("the quotation mark that ends the value of an attribute is missing"), NULL },
    { XML_ERR_ATTRIBUTE_WITHOUT_VALUE, TAG, N_("an attribute has no value"), N_("write it like name=\"value\"") },
    { XML_ERR_SPACE_REQUIRED, TAG, N_("a space is missing between two attributes"), NULL },
    { XML_ERR_GT_REQUIRED, TAG, N_("the tag is not closed with \">\""), NULL },
    { XML_ERR_COMMENT_NOT_FINISHED, MARK, N_("the comment is not closed with \"-->\""), NULL },
    { XML_ERR_HYPHEN_IN_COMMENT, MARK, N_("\"--\" is not allowed in a comment"), N_("write a dash or one hyphen") },
    { XML_ERR_CDATA_NOT_FINISHED, MARK, N_("the CDATA section is not closed with \"]]>\""), NULL },
    { XML_ERR_MISPLACED_CDATA_END, HERE, N_("\"]]>\" is not allowed in text"), N_("write ]]&gt;") },
    { XML_ERR_PI_NOT_FINISHED, MARK, N_("the processing instruction is not closed with \"?>\""), NULL },
    { XML_ERR_RESERVED_XML_NAME, TAG, N_("the XML declaration stands only at the very beginning of the file"),
      N_("delete what comes before it, also spaces and empty lines") },
    { XML_ERR_INTERNAL_ERROR, HERE, N_("the document passes a limit of the XML parser: a text too long or elements too deep"), NULL },
    { XML_ERR_NAME_TOO_LONG, HERE, N_("a name is too long"), NULL },
};

static const struct fault *lookup(int code)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == code)
            return &faults[i];
    return NULL;
}

static struct source look_back(const struct xml_document *doc, size_t offset, enum look look)
{
    if (offset > doc->bytes.length)
        offset = doc->bytes.length;
    const char *found = NULL, *begin = doc->bytes.data;
    if (look != HERE)
        found = memrchr(begin, look == AMPERSAND ? '&' : '<', offset);
    while (look == MARK && found && found[1] != '!' && found[1] != '?')
        found = memrchr(begin, '<', (size_t)(found - begin));
    return xml_place_of_byte(doc, found ? (size_t)(found - doc->bytes.data) : offset);
}

static void tell_mismatch(const struct xml_document *doc, const xmlError *error, size_t offset, struct diag *diag)
{
    struct source at = look_back(doc, offset, TAG);
    if (!error->str1 || !error->str2) {
        diag_error(diag, at, "E102", _("this tag closes no open element"));
        return;
    }
    diag_error(diag, at, "E102", _("</%s> stands where <%s> of line %d should be closed"), error->str2, error->str1,
               error->int1);
    diag_remedy(diag, _("close <%s> with </%s>; elements are closed in the reverse order of opening"), error->str1,
                error->str1);
}

/* libxml2 keeps neither the place nor, in all cases, the name of the element that was left open. */
static void tell_unfinished(const struct xml_document *doc, const xmlError *error, size_t offset, struct diag *diag)
{
    struct source at = look_back(doc, offset, HERE);
    if (error->str1 && error->int1 > 0)
        diag_error(diag, at, "E102", _("the document ends before <%s> of line %d is closed"), error->str1, error->int1);
    else
        diag_error(diag, at, "E102", _("the document ends before all elements are closed"));
}

static void tell_entity(const struct xml_document *doc, const xmlError *error, size_t offset, struct diag *diag)
{
    diag_error(diag, look_back(doc, offset, AMPERSAND), "E105", _("the entity \"&%s;\" is not known"),
               error->str1 ? error->str1 : "");
    diag_remedy(diag, _("write the character itself; only &amp; &lt; &gt; &quot; &apos; and numbers like &#160; are known"));
}

static void tell_other(const struct xml_document *doc, const xmlError *error, size_t offset, struct diag *diag)
{
    const char *message = error->message ? error->message : "";
    int n = (int)strcspn(message, "\n");
    diag_error(diag, look_back(doc, offset, HERE), "E101", _("the XML is not well-formed: %.*s"), n, message);
}

void xml_tell_syntax(const struct xml_document *doc, const xmlError *error, size_t offset, struct diag *diag)
{
    const struct fault *fault = lookup(error->code);
    switch (error->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        tell_mismatch(doc, error, offset, diag);
        break;
    case XML_ERR_TAG_NOT_FINISHED:
        tell_unfinished(doc, error, offset, diag);
        break;
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        tell_entity(doc, error, offset, diag);
        break;
    case XML_ERR_ATTRIBUTE_REDEFINED:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED:
        diag_error(diag, look_back(doc, offset, TAG), "E101", _("the attribute \"%s\" stands twice in one tag"),
                   error->str1 ? error->str1 : "");
        break;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        diag_error(diag, look_back(doc, offset, TAG), "E108", _("the prefix \"%s\" belongs to no namespace"),
                   error->str1 ? error->str1 : "");
        diag_remedy(diag, _("declare it with xmlns:%s=\"...\" or write the name without a prefix"),
                    error->str1 ? error->str1 : "");
        break;
    default:
        if (!fault) {
            tell_other(doc, error, offset, diag);
            break;
        }
        diag_error(diag, look_back(doc, offset, fault->look), "E101", "%s", _(fault->text));
        if (fault->remedy)
            diag_remedy(diag, "%s", _(fault->remedy));
    }
}
