package dev.sealcheck.protocol.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears, whole, once a server answers. */
public final class ReadyFile {

  private ReadyFile() {}

  /** Writes {@code content} so that no reader ever sees a part of it. */
  public static void write(Path file, ObjectNode content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path draft = Files.createTempFile(absolute.getParent(), ".ready", ".json");
    Files.write(draft, StrictJson.write(content));
    Files.move(
        draft, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
