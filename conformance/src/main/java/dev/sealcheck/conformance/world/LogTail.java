package dev.sealcheck.conformance.world;

import dev.sealcheck.conformance.verdict.NotRun;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a log file holds from a moment on. */
public final class LogTail {

  private static final int BLOCK_BYTES = 64 << 10;
  private static final long MOST_BYTES = 256L << 20;

  private final Path file;
  private final long from;

  private LogTail(Path file, long from) {
    this.file = file;
    this.from = from;
  }

  /**
   * The part of {@code file} that is written from now on.
   *
   * @throws NotRun if it cannot be read
   */
  public static LogTail from(Path file) {
    try {
      return new LogTail(file, Files.size(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Which of the values stands in it, in words; empty where none. A file that has become shorter
   * was begun anew and is read from its start.
   *
   * @throws NotRun if it cannot be read, if nothing was written, or if that is more than 256 MiB
   */
  public Optional<String> firstOf(Leaks secrets) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES)) {
      long size = Files.size(file);
      long start = size < from ? 0 : from;
      if (size == start) {
        throw new NotRun("nothing was written to the log " + file.getFileName());
      }
      if (size - start > MOST_BYTES) {
        throw new NotRun("too much was written to the log " + file.getFileName());
      }
      in.skipNBytes(start);
      return search(in, secrets);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Optional<String> search(InputStream in, Leaks secrets) throws IOException {
    // All values are ASCII, and a byte is a character in this encoding, so none is cut in two.
    String rest = "";
    for (byte[] block = in.readNBytes(BLOCK_BYTES);
        block.length > 0;
        block = in.readNBytes(BLOCK_BYTES)) {
      String text = rest + new String(block, StandardCharsets.ISO_8859_1);
      Optional<String> found = secrets.known(text);
      if (found.isPresent()) {
        return found;
      }
      rest = text.substring(Math.max(0, text.length() - secrets.longestChars()));
    }
    return Optional.empty();
  }

  private static NotRun unreadable(Path file, IOException cause) {
    return new NotRun(
        "the log " + file.getFileName() + " cannot be read: " + cause.getClass().getSimpleName());
  }
}
