# Shared by the tests that call judges: source it after setting `out`, the folder of the logs.
failed=0
skipped=0
# The slow judges (veraPDF, every page by four renderers) run in CI, and when they are asked for.
thorough=${CI:-${PLANTRYK_JUDGES:-}}

# judge NAME COMMAND...: told on one line; 77 says that the judge is not on this machine.
judge() {
    name=$1
    shift
    "$@" >"$out/$name.log" 2>&1
    case $? in
    0) echo "passed: $name" ;;
    77)
        echo "SKIPPED: $name: $(tail -n 1 "$out/$name.log")"
        skipped=1
        ;;
    *)
        echo "FAILED: $name"
        cat "$out/$name.log"
        failed=1
        ;;
    esac
}

skip() {
    echo "SKIPPED: $*"
    skipped=1
}

# same_picture PDF PAGE PNG: Poppler, MuPDF, Ghostscript and our own painter (72 dots an inch) show the same.
same_picture() {
    pdftoppm -r 72 -f "$2" -l "$2" "$1" >"$out/poppler.ppm" &&
        mutool draw -q -r 72 -o "$out/mupdf.ppm" "$1" "$2" &&
        gs -q -dSAFER -dNOPAUSE -dBATCH -dFirstPage="$2" -dLastPage="$2" -sDEVICE=ppmraw -r72 -dGridFitTT=0 -dGraphicsAlphaBits=4 \
            -dTextAlphaBits=4 -o "$out/ghostscript.ppm" "$1" &&
        "$SOURCE_DIR/tests/judges/pictures_agree.py" "$out/poppler.ppm" "$out/mupdf.ppm" "$out/ghostscript.ppm" "$3"
}

verdict() {
    [ $failed = 0 ] || exit 1
    [ $skipped = 0 ] || exit 77
    exit 0
}
