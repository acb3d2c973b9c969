package dev.sealcheck.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The flags that let a child process share its parsed classes between starts, where the launcher
 * names a directory for the archives. A missing or stale archive only costs time.
 */
final class ClassArchive {

  /** Set by the launcher; the directory exists and is writable. */
  static final String DIRECTORY_PROPERTY = "sealcheck.archive.dir";

  private ClassArchive() {}

  static List<String> flags(String part, Path jar) {
    String directory = System.getProperty(DIRECTORY_PROPERTY);
    if (directory == null) {
      return List.of();
    }
    String name = "%s-%d-%s.jsa".formatted(part, Runtime.version().feature(), stamp(jar));
    Path archive = Path.of(directory, name);
    String flag = Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    // The JVM would warn of a stale archive in the log of the part, and ignores it anyway.
    return List.of(flag + archive, "-Xlog:disable");
  }

  private static String stamp(Path jar) {
    try {
      return Long.toString(Files.getLastModifiedTime(jar).toMillis(), Character.MAX_RADIX);
    } catch (IOException e) {
      throw new DeploymentException("the jar cannot be read: " + jar, e);
    }
  }
}
