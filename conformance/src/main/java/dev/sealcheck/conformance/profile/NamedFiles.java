package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.exchange.BearerToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads the files that a profile names; a relative path starts at the profile's folder. */
final class NamedFiles {

  private static final long LIMIT_BYTES = 1 << 20;

  private final Path folder;

  NamedFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The file {@code text}.
   *
   * @param key the path of the profile's key, for the error
   * @throws ProfileException if there is no such file
   */
  Path file(String key, String text) {
    try {
      Path file = folder.resolve(text);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ProfileException(
            key + ": names no file that can be read (relative paths start at " + folder + ")");
      }
      return file;
    } catch (InvalidPathException e) {
      // Its message would repeat the value.
      throw new ProfileException(key + ": is no path of a file");
    }
  }

  /** The content of a file of at most 1 MiB. @throws ProfileException if it cannot be read */
  Bytes bytes(String key, String text) {
    Path file = file(key, text);
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new ProfileException(key + ": the file is larger than 1 MiB");
      }
      return Bytes.owning(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ProfileException(key + ": the file cannot be read");
    }
  }

  /** All tokens of a file. @throws ProfileException if it holds none, or one that cannot be used */
  List<BearerToken> tokens(String key, String text) {
    Path file = file(key, text);
    try {
      return TokenFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new ProfileException(key + ": " + e.getMessage());
    }
  }

  /** The one token of a file. @throws ProfileException if there is not exactly one */
  BearerToken token(String key, String text) {
    List<BearerToken> tokens = tokens(key, text);
    if (tokens.size() != 1) {
      throw new ProfileException(key + ": the file holds " + tokens.size() + " tokens, not one");
    }
    return tokens.get(0);
  }

  /** An Ed25519 key. @throws ProfileException if the file is no PEM with one */
  SigningPair key(String key, String text) {
    try {
      return KeyFile.read(file(key, text));
    } catch (IllegalArgumentException e) {
      throw new ProfileException(key + ": " + e.getMessage());
    }
  }
}
