package dev.sealcheck.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.Accounts;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.target.Budget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

  @Test
  void saysThatNothingIsLimited() {
    assertThat(lines(1, Accounts.none(), Budget.none(), Set.of()))
        .containsExactly(
            "Sealcheck tests http://h with 5 tests, seed 7",
            "  cost     any number of requests, at full speed, answers as long as the checks ask;"
                + " 1 user",
            "  allowed  ordinary checks only; withheld: costly, disturbing, slow");
  }

  @Test
  void saysEveryLimit() {
    Accounts special =
        new Accounts(
            List.of(new BearerToken("sk-a")),
            Optional.of(new BearerToken("sk-b")),
            Optional.empty());

    assertThat(lines(3, special, new Budget(200, 0.5, 16), Set.of(Permission.values())))
        .containsExactly(
            "Sealcheck tests http://h with 5 tests, seed 7",
            "  cost     at most 200 requests, at most 0.5 a second, answers of at most 16 tokens;"
                + " 3 users and 2 for special checks",
            "  allowed  costly, disturbing, slow; withheld: nothing");
  }

  private static List<String> lines(
      int users, Accounts special, Budget budget, Set<Permission> allowed) {
    StringWriter out = new StringWriter();
    new Announcement("http://h", 5, 7, users, special, budget, allowed).print(new PrintWriter(out));
    return out.toString().lines().toList();
  }
}
