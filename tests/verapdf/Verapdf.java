import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/* Judge PDF files by the standards named first: "ua1 3a a.pdf b.pdf"; after "--" others by others, all in one run of the
   machine: "ua1 3a a.pdf -- 2b b.pdf". One line a file and standard; below a failed one each broken rule with its first
   place. Exit 0 when every file keeps every standard. */
public class Verapdf {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = true;
        List<String> group = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals("--")) {
                group.add(argument);
                continue;
            }
            good &= judgeGroup(group);
            group.clear();
        }
        good &= judgeGroup(group);
        System.exit(good ? 0 : 1);
    }

    private static boolean judgeGroup(List<String> group) throws Exception {
        List<PDFAFlavour> standards = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (String argument : group) {
            /* fromString finds a standard inside any text: a file in /tmp/a4x/ would be PDF/A-4. */
            boolean word = argument.matches("[a-z0-9]+");
            PDFAFlavour standard = word ? PDFAFlavour.fromString(argument) : PDFAFlavour.NO_FLAVOUR;
            if (files.isEmpty() && standard != PDFAFlavour.NO_FLAVOUR)
                standards.add(standard);
            else
                files.add(argument);
        }
        if (standards.isEmpty() || files.isEmpty()) {
            System.err.println("usage: verapdf STANDARD... FILE... [-- STANDARD... FILE...]   (standards: ua1 2a 2b 3a ...)");
            System.exit(2);
        }
        boolean good = true;
        for (String file : files)
            for (PDFAFlavour standard : standards)
                good &= judge(file, standard);
        return good;
    }

    private static boolean judge(String file, PDFAFlavour standard) throws Exception {
        ValidationResult result;
        try (FileInputStream in = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(in, standard)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false);
            result = validator.validate(parser);
        }
        System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + standard.getId() + " " + file);
        Map<String, TestAssertion> first = new LinkedHashMap<>();
        Map<String, Integer> count = new LinkedHashMap<>();
        for (TestAssertion each : result.getTestAssertions()) {
            if (each.getStatus() != TestAssertion.Status.FAILED)
                continue;
            String rule = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
            first.putIfAbsent(rule, each);
            count.merge(rule, 1, Integer::sum);
        }
        for (Map.Entry<String, TestAssertion> entry : first.entrySet())
            System.out.println("  " + entry.getKey() + " x" + count.get(entry.getKey()) + ": "
                + entry.getValue().getMessage() + " [" + entry.getValue().getLocation().getContext() + "]");
        return result.isCompliant();
    }
}
