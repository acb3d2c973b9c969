package dev.sealcheck.conformance.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files that only their owner can read, where the file system knows owners. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** A new directory with mode 0700 in the system's place for temporary files. */
  static Path directory(String prefix) throws IOException {
    return Files.createTempDirectory(prefix, owner("rwx------"));
  }

  /** Creates {@code file} with mode 0600 and {@code text} in UTF-8; the file must not exist. */
  static Path write(Path file, String text) throws IOException {
    Files.createFile(file, owner("rw-------"));
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /**
   * Puts {@code text} into {@code file} with mode 0600 in one step: a reader finds all of it or
   * none. An older file of that name is replaced.
   *
   * @throws IOException if the directory is missing or cannot be written
   */
  public static void writeAtomically(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(directory, ".sealcheck", ".tmp", owner("rw-------"));
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Removes {@code directory} and everything in it. */
  static void deleteTree(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }
}
