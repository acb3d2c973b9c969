package dev.sealcheck.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.target.DeploymentException;
import dev.sealcheck.conformance.target.PrivateFiles;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.ReferenceOptions;
import dev.sealcheck.conformance.time.SuiteClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps a reference deployment running until the process is asked to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Runs the reference deployment until Ctrl-C, to build a client against.")
final class ServeCommand implements Callable<Integer> {

  /** The defects that the reference node can be started with. */
  static final List<String> FAULTS = List.of("stream-nonce-reuse");

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Writes addresses, token and models there as JSON once all answers.")
  private Optional<Path> readyFile;

  @Option(
      names = "--fault",
      paramLabel = "ID",
      description = "Plants one defect, to see what a client or the suite makes of it.")
  private Optional<String> fault;

  @Option(
      names = "--control",
      description =
          "Opens the control listeners of proxy and node on free ports of 127.0.0.1, see"
              + " docs/DEPLOYMENT.md.")
  private boolean control;

  /** Made by picocli. */
  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireUsableOptions();
    SuiteClock clock = SuiteClock.system();
    try (ReferenceDeployment reference = ReferenceDeployment.start(options(), clock)) {
      if (readyFile.isEmpty()) {
        print(reference);
        return keepUp(reference, clock);
      }
      Path file = readyFile.get().toAbsolutePath();
      Thread removal = new Thread(() -> remove(file), "remove-ready-file");
      Runtime.getRuntime().addShutdownHook(removal);
      PrivateFiles.writeAtomically(file, readyJson(reference));
      try {
        print(reference);
        return keepUp(reference, clock);
      } finally {
        remove(file);
      }
    }
  }

  private ReferenceOptions options() {
    ReferenceOptions options = ReferenceOptions.serving(1).withFault(fault);
    return control ? options.withControl() : options;
  }

  private void requireUsableOptions() {
    if (fault.isPresent() && !FAULTS.contains(fault.get())) {
      throw new ParameterException(
          spec.commandLine(),
          "no fault is called " + fault.get() + "; there is " + String.join(", ", FAULTS));
    }
    Optional<Path> directory = readyFile.map(file -> file.toAbsolutePath().getParent());
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      throw new ParameterException(
          spec.commandLine(), "--ready-file: there is no directory " + directory.get());
    }
  }

  /** Returns only by an exception: the process ends by a signal, or a part has ended by itself. */
  private static int keepUp(ReferenceDeployment reference, SuiteClock clock)
      throws InterruptedException {
    while (true) {
      clock.await(LOOK_EVERY);
      reference.requireAlive();
    }
  }

  private void print(ReferenceDeployment reference) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("proxy   " + reference.proxy());
    out.println("node    " + reference.node());
    out.println("token   " + token(reference));
    out.println("model   " + String.join(", ", reference.models()));
    fault.ifPresent(id -> out.println("fault   " + id));
    if (control) {
      out.println(
          "control "
              + reference.proxyReady().path("control").asText()
              + " (proxy), "
              + reference.nodeReady().path("control").asText()
              + " (node)");
    }
    out.println("root    " + reference.attestationRoot() + " (emulated: proves nothing)");
    out.println("logs    " + reference.logs() + " (removed at the end)");
    out.println(
        "test it with\n  ./sealcheck run --proxy "
            + reference.proxy()
            + " --token-file "
            + reference.tokenFile());
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  private String readyJson(ReferenceDeployment reference) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode ready = mapper.createObjectNode();
    ready.put("proxy", reference.proxy().toString());
    ready.put("node", reference.node().toString());
    ready.put("token", token(reference));
    ready.put("token_file", reference.tokenFile().toString());
    ArrayNode models = ready.putArray("models");
    reference.models().forEach(models::add);
    ready.put("node_small_id", reference.nodeSmallId());
    ready.put("node_public_key", reference.nodePublicKey());
    ready.put("proxy_key_file", reference.proxyKeyFile().toString());
    ready.put("attestation_root", reference.attestationRoot().toString());
    ready.put("attestation_allow_list", reference.attestationAllowList().toString());
    ready.put("logs", reference.logs().toString());
    if (control) {
      ObjectNode listeners = ready.putObject("control");
      addControl(listeners, "proxy", reference.proxyReady());
      addControl(listeners, "node", reference.nodeReady());
    } else {
      ready.putNull("control");
    }
    return mapper.writeValueAsString(ready) + "\n";
  }

  /** Copies where one part listens, and where the token for it is, from its own ready file. */
  private static void addControl(ObjectNode listeners, String part, JsonNode partReady) {
    ObjectNode listener = listeners.putObject(part);
    listener.set("url", partReady.path("control"));
    listener.set("token_file", partReady.path("control_token_file"));
  }

  private static String token(ReferenceDeployment reference) {
    return reference.users().get(0).token().secret();
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DeploymentException("the ready file cannot be removed: " + file, e);
    }
  }
}
