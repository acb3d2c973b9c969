package dev.sealcheck.conformance.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WalkthroughTest {

  @Test
  void goesThroughEveryCaseToAVerdictThatAgrees() {
    for (VectorFile file : VectorFile.shipped()) {
      for (VectorCase one : file.cases()) {
        Walkthrough walkthrough = Walkthrough.of(one);
        Step last = walkthrough.steps().get(walkthrough.steps().size() - 1);
        assertThat(last.values()).as(one.toString()).contains(Value.text("this client", "agrees"));
        assertThat(walkthrough.steps()).as(one.toString()).hasSizeGreaterThan(2);
      }
    }
  }

  /** The values stand in docs/PROTOCOL.md section 3. */
  @Test
  void showsTheRequestOfTheProtocolsPageAsThePageDoes() {
    VectorFile requests = VectorFile.shipped("request");
    VectorCase one =
        requests.cases().stream()
            .filter(c -> c.comment().equals("the request of docs/PROTOCOL.md section 3"))
            .findFirst()
            .orElseThrow();

    assertThat(lines(Walkthrough.of(one)))
        .contains(
            "hex a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77",
            "hex 656ee1df98a336a445348db60edbd809d0f5364a8eb9a1133c78d99bde121f5c",
            "hex ccf4e1fe3472541b2ef1975ea711d3061c7436c9eebb1a6aaed83645d6e3ce76",
            "hex 0a86022265dfed9881fe5381beb4a1b4",
            "base64 zTZU7H7qI1sQqvT51S5fvsxYo+G2xDK+VShelxPQgro=");
  }

  @Test
  void writesTheSameOnAPageWithoutMarkupFromTheCase() {
    VectorCase one = VectorFile.shipped("base64").find("7");
    Walkthrough walkthrough =
        new Walkthrough(
            one, List.of(new Step("A & B", "<rule>", List.of(Value.text("n\0", "\"<b>\"")))));

    assertThat(WalkthroughPage.of(walkthrough))
        .contains("<h1>base64:7</h1>")
        .contains("<h2>1. A &amp; B</h2>")
        .contains("<p>&lt;rule&gt;</p>")
        .contains("<dt>n\\u0000</dt>")
        .contains("<dd>&quot;&lt;b&gt;&quot;</dd>")
        .doesNotContain("<script", "http");
  }

  private static Stream<String> lines(Walkthrough walkthrough) {
    return walkthrough.steps().stream()
        .flatMap(step -> step.values().stream())
        .flatMap(value -> value.lines().stream());
  }
}
