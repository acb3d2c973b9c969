package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.profile.Accounts;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.report.Paragraph;
import dev.sealcheck.conformance.target.Budget;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is printed before the first request: what is tested and what that may cost.
 *
 * @param target what the target is called
 * @param tests how many tests there are
 * @param seed of the inputs
 * @param users how many ordinary users there are
 * @param special the other users
 * @param budget what the run may cost
 * @param allowed what may be run beside ordinary checks
 */
record Announcement(
    String target,
    int tests,
    long seed,
    int users,
    Accounts special,
    Budget budget,
    Set<Permission> allowed) {

  /** Copies the set. */
  Announcement {
    allowed = Set.copyOf(allowed);
  }

  /** Prints three lines. */
  void print(PrintWriter out) {
    line(out, "Sealcheck tests %s with %s, seed %d", target, counted(tests, "test"), seed);
    line(out, "  cost     %s, %s, %s; %s", requests(), rate(), tokens(), accounts());
    line(out, "  allowed  %s; withheld: %s", words(true), words(false));
    out.flush();
  }

  private String requests() {
    return budget.limitsRequests()
        ? "at most " + counted(budget.maxRequests(), "request")
        : "any number of requests";
  }

  private String rate() {
    return budget.limitsRate()
        ? "at most %s a second".formatted(plain(budget.requestsPerSecond()))
        : "at full speed";
  }

  private String tokens() {
    return budget.limitsTokens()
        ? "answers of at most " + counted(budget.maxTokens(), "token")
        : "answers as long as the checks ask";
  }

  private String accounts() {
    String text = counted(users, "user");
    int more = special.all().size();
    return more == 0 ? text : text + " and " + more + " for special checks";
  }

  private String words(boolean given) {
    List<String> words =
        Arrays.stream(Permission.values())
            .filter(permission -> allowed.contains(permission) == given)
            .map(Permission::word)
            .toList();
    String nothing = given ? "ordinary checks only" : "nothing";
    return words.isEmpty() ? nothing : words.stream().collect(Collectors.joining(", "));
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : Double.toString(number);
  }

  private static String counted(long number, String noun) {
    return Paragraph.counted(number, noun);
  }

  private static void line(PrintWriter out, String format, Object... arguments) {
    out.println(Paragraph.printable(String.format(Locale.ROOT, format, arguments)));
  }
}
