package dev.sealcheck.conformance.vector;

/** A walkthrough as one HTML page without scripts, styles of its own only and no reference out. */
public final class WalkthroughPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>%s</title>
      <style>
      body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
      dt { font-weight: bold; margin-top: .6em; }
      dd { margin: 0; font-family: monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
      p { color: #444; }
      </style>
      </head>
      <body>
      <h1>%s</h1>
      """;

  private WalkthroughPage() {}

  /** The page. */
  public static String of(Walkthrough walkthrough) {
    String title = escaped(walkthrough.one().id());
    StringBuilder page = new StringBuilder(HEAD.formatted(title, title));
    int number = 0;
    for (Step step : walkthrough.steps()) {
      page.append("<h2>%d. %s</h2>%n".formatted(++number, escaped(step.title())));
      if (!step.rule().isEmpty()) {
        page.append("<p>%s</p>%n".formatted(escaped(step.rule())));
      }
      page.append("<dl>\n");
      for (Value value : step.values()) {
        page.append("<dt>").append(escaped(value.name())).append("</dt>\n");
        value.lines().forEach(line -> page.append("<dd>").append(escaped(line)).append("</dd>\n"));
      }
      page.append("</dl>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static String escaped(String text) {
    return Value.visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
