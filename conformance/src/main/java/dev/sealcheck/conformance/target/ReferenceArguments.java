package dev.sealcheck.conformance.target;

import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.profile.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The command lines of the reference proxy and node. */
record ReferenceArguments(ReferenceOptions options) {

  /** Short, so that a stream's silence is seen within seconds. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

  /** Many times what the largest body needs on loopback, short enough to wait for. */
  private static final Duration BODY = Duration.ofSeconds(3);

  /** Many times what a scripted answer needs, short enough to wait for. */
  private static final Duration FIRST_BYTE = Duration.ofSeconds(4);

  /** Below the burst that the suite sends, above what it needs besides. */
  private static final int REQUESTS_PER_MINUTE = 30;

  /** More than the checks that run at once, few enough to fill. */
  private static final int CONCURRENT = 64;

  /** The limits under which the suite starts the reference. */
  static Limits limits() {
    return new Limits(
        Limits.DEFAULT_BODY_BYTES,
        Limits.DEFAULT_STACK_UNITS,
        Optional.of(KEEP_ALIVE),
        Optional.of(BODY),
        Optional.of(FIRST_BYTE),
        OptionalInt.of(REQUESTS_PER_MINUTE),
        OptionalInt.of(CONCURRENT));
  }

  /**
   * The proxy's arguments.
   *
   * @param evidence what the proxy believes: roots and allow-lists
   */
  List<String> proxy(Path keyFile, Path config, List<EvidenceFiles> evidence) {
    List<String> arguments = common(keyFile, options.control());
    arguments.addAll(List.of("--config", config.toString()));
    for (EvidenceFiles files : evidence) {
      arguments.addAll(List.of("--insecure-emulated-root", files.root().toString()));
      arguments.addAll(List.of("--attestation-allow-list", files.allowList().toString()));
    }
    if (options.underTest()) {
      arguments.addAll(List.of("--first-byte-millis", Long.toString(FIRST_BYTE.toMillis())));
    }
    return arguments;
  }

  /** The arguments of the node that serves everything. */
  List<String> node(Path keyFile, URI proxy, String proxyAddress, EvidenceFiles evidence) {
    List<String> arguments = common(keyFile, options.control());
    arguments.addAll(behind(proxy, proxyAddress, ProxyConfig.NODE_ID, evidence));
    ProxyConfig.MODELS.forEach(model -> arguments.addAll(List.of("--model", model)));
    return arguments;
  }

  /** The arguments of the node whose key changes during a run, by its control listener. */
  List<String> rotatingNode(Path keyFile, URI proxy, String proxyAddress, EvidenceFiles evidence) {
    List<String> arguments = common(keyFile, true);
    arguments.addAll(behind(proxy, proxyAddress, ProxyConfig.ROTATING_NODE_ID, evidence));
    arguments.addAll(List.of("--model", ProxyConfig.ROTATING_MODEL));
    return arguments;
  }

  private List<String> behind(URI proxy, String proxyAddress, int id, EvidenceFiles evidence) {
    List<String> arguments = new ArrayList<>(List.of("--id", Integer.toString(id)));
    arguments.addAll(List.of("--proxy-url", proxy.toString(), "--proxy-address", proxyAddress));
    for (SigningPair key : options.proxyKeys()) {
      arguments.addAll(List.of("--proxy-address", key.address()));
    }
    arguments.addAll(
        List.of(
            "--emulated-gpus", "1", "--attestation-directory", evidence.directory().toString()));
    options.fault().ifPresent(fault -> arguments.addAll(List.of("--fault", fault)));
    options.engine().ifPresent(url -> arguments.addAll(List.of("--engine", url.toString())));
    if (options.underTest()) {
      arguments.addAll(List.of("--max-concurrent", Integer.toString(CONCURRENT)));
    }
    return arguments;
  }

  private List<String> common(Path keyFile, boolean control) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--host", "127.0.0.1", "--port", "0", "--signing-key-file", keyFile.toString()));
    if (options.underTest()) {
      arguments.addAll(
          List.of(
              "--keep-alive-millis",
              Long.toString(KEEP_ALIVE.toMillis()),
              "--body-seconds",
              Long.toString(BODY.toSeconds()),
              "--metrics-port",
              "0"));
    }
    if (control) {
      // Beside the key, so that it goes with the directory when the reference stops.
      String tokenFile = keyFile.resolveSibling(keyFile.getFileName() + ".control").toString();
      arguments.addAll(List.of("--control-port", "0", "--control-token-file", tokenFile));
    }
    return arguments;
  }
}
