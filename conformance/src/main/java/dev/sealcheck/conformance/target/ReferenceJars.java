package dev.sealcheck.conformance.target;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** Where the runnable jars of the reference proxy and node are. */
record ReferenceJars(Path proxy, Path node) {

  /**
   * The jars that the properties {@code sealcheck.proxy.jar} and {@code sealcheck.node.jar} name,
   * else those in the build next to the suite's own jar.
   *
   * @throws DeploymentException if one of them is missing
   */
  static ReferenceJars find() {
    return new ReferenceJars(find("proxy"), find("node"));
  }

  private static Path find(String part) {
    String property = "sealcheck." + part + ".jar";
    String named = System.getProperty(property);
    Path jar = named != null ? Path.of(named) : built("reference-" + part, property);
    if (!Files.isRegularFile(jar)) {
      throw missing(part, property);
    }
    return jar.toAbsolutePath();
  }

  private static Path built(String module, String property) {
    Path target = repository().resolve(module).resolve("target");
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars =
          Files.newDirectoryStream(target, module + "-*-runnable.jar")) {
        jars.forEach(found::add);
      } catch (IOException e) {
        throw new DeploymentException("cannot look for jars in " + target, e);
      }
    }
    return found.stream()
        .max(Path::compareTo)
        .orElseThrow(() -> missing(module.substring("reference-".length()), property));
  }

  /** Two steps up from {@code conformance/target/} and the jar or classes in it. */
  private static Path repository() {
    CodeSource source = ReferenceJars.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath().resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new DeploymentException("cannot tell where the suite's own jar is", e);
    }
  }

  private static DeploymentException missing(String part, String property) {
    return new DeploymentException(
        "the runnable jar of the reference "
            + part
            + " is missing: build it with `mvn package`, or name it with -D"
            + property
            + "=FILE");
  }
}
