package dev.sealcheck.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** A child process that becomes ready and stays, or writes a log and dies. */
final class FakeChild {

  private FakeChild() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("die")) {
      for (int line = 0; line < 100; line++) {
        System.out.println("line " + line);
      }
      System.exit(3);
    }
    List<String> list = Arrays.asList(arguments);
    Path ready = Path.of(list.get(list.indexOf("--ready-file") + 1));
    Path draft = Files.writeString(ready.resolveSibling("draft"), "{\"proxy\":\"http://h\"}");
    Files.move(draft, ready, StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }
}
