// Answers for each pattern which of the texts java.util.regex matches. See ../dialects.mjs for the lines.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

class Judge {
    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String[] texts = lines.readLine().split(" ", -1);
        for (int index = 0; index < texts.length; index++) texts[index] = decoded(texts[index]);
        StringBuilder out = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] fields = line.split(" ", -1);
            Pattern pattern;
            try {
                pattern = Pattern.compile(decoded(fields[2]), fields[1].contains("i") ? Pattern.CASE_INSENSITIVE : 0);
            } catch (PatternSyntaxException refused) {
                out.append("refused\n");
                continue;
            }
            for (String text : texts) out.append(matches(pattern.matcher(text), fields[0]));
            out.append('\n');
        }
        System.out.print(out);
    }

    private static char matches(Matcher matcher, String mode) {
        try {
            return (mode.equals("full") ? matcher.matches() : mode.equals("prefix") ? matcher.lookingAt() : matcher.find()) ? '1' : '0';
        } catch (StackOverflowError tooDeep) {
            return '?';
        }
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
