package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.KeyBinding;
import dev.sealcheck.conformance.attestation.ServedEvidence;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.MalformedAnswer;
import dev.sealcheck.conformance.exchange.Deadline;
import dev.sealcheck.conformance.exchange.Exchange;
import dev.sealcheck.conformance.exchange.ExchangeFailure;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.exchange.Messenger;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.verdict.Hung;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where evidence comes from, and what it is held against. */
final class EvidenceOptions {

  private static final long FILE_LIMIT_BYTES = 16 << 20;
  private static final String PATH = "/v1/get_node_attestation/";

  @Option(names = "--proxy", paramLabel = "URL", description = "The proxy to ask; needs --node.")
  private Optional<URI> proxy;

  @Option(names = "--node", paramLabel = "ID", description = "The small id of the node.")
  private Optional<Long> node;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The object that a proxy served, saved.")
  private Optional<Path> file;

  @Option(
      names = "--root",
      paramLabel = "PEM",
      description = "The vendor's root certificate. None is trusted unless it is named.")
  private Optional<Path> root;

  @Option(
      names = "--insecure-emulated-root",
      paramLabel = "PEM",
      description =
          "The root of an emulated authority, for tests: what it vouches for proves nothing.")
  private Optional<Path> emulatedRoot;

  @Option(
      names = "--allow-list",
      paramLabel = "JSON",
      description = "Allowed driver, VBIOS and measurements. Without it they are not checked.")
  private Optional<Path> allowList;

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      description = "The nonce that you know of, 16 digits, instead of the one that is served.")
  private Optional<String> nonce;

  @Option(
      names = "--public-key",
      paramLabel = "BASE64",
      description = "The key that a lock offered you, instead of the one that is served.")
  private Optional<String> publicKey;

  /** Made by picocli. */
  EvidenceOptions() {}

  /** Does nothing where the options go together. @throws IllegalArgumentException elsewhere */
  void requireConsistent() {
    if (proxy.isPresent() == file.isPresent()) {
      throw new IllegalArgumentException("evidence comes from --proxy and --node, or from --file");
    }
    if (proxy.isPresent() != node.isPresent()) {
      throw new IllegalArgumentException("--proxy and --node go together");
    }
    if (root.isPresent() && emulatedRoot.isPresent()) {
      throw new IllegalArgumentException("one root: --root or --insecure-emulated-root");
    }
    proxy.ifPresent(Target::baseOf);
    nonce();
    publicKey();
  }

  /** The file, where evidence comes from one. */
  Optional<Path> file() {
    return file;
  }

  /** The root that was named. @throws IllegalArgumentException if it cannot be used */
  Optional<TrustedRoot> root() {
    return root.map(path -> TrustedRoot.named(read("--root", path)))
        .or(
            () ->
                emulatedRoot.map(
                    path -> TrustedRoot.insecureEmulated(read("--insecure-emulated-root", path))));
  }

  /** The list that was named. @throws IllegalArgumentException if it cannot be used */
  Optional<AllowList> allowList() {
    return allowList.map(path -> AllowList.parse(read("--allow-list", path)));
  }

  /** The object in the file. @throws IllegalArgumentException if it is none */
  ServedEvidence fromFile() {
    try {
      return ServedEvidence.parse(read("--file", file.orElseThrow()));
    } catch (MalformedAnswer malformed) {
      throw new IllegalArgumentException(
          "--file holds no evidence: " + malformed.getMessage(), malformed);
    }
  }

  /**
   * The proxy's answer.
   *
   * @throws UnreachableException if there is none, or not in time
   */
  Exchange ask(Messenger messenger, Deadline deadline) throws UnreachableException {
    URI base = Target.baseOf(proxy.orElseThrow());
    try {
      Exchange exchange =
          messenger.send(HttpCall.get(URI.create(base + PATH + node.orElseThrow())), deadline);
      if (!exchange.isAnswered()) {
        throw new UnreachableException(
            base, exchange.failure().map(ExchangeFailure::message).orElse("nothing came"));
      }
      return exchange;
    } catch (Hung e) {
      throw new UnreachableException(base, "nothing came in time");
    }
  }

  /**
   * The object in an answer.
   *
   * @throws MalformedAnswer if it is none, or that of another node than the one asked for
   */
  ServedEvidence served(Bytes body) {
    ServedEvidence served = ServedEvidence.parse(body);
    if (served.nodeSmallId() != node.orElseThrow()) {
      throw new MalformedAnswer("node_small_id", "must be that of the node that was asked for");
    }
    return served;
  }

  /** What the evidence must have been made for: what the caller knows outweighs what is served. */
  Optional<KeyBinding> binding(ServedEvidence served) {
    return ServedEvidence.binding(nonce().or(served::nonce), publicKey().or(served::publicKey));
  }

  private Optional<Long> nonce() {
    return nonce.map(text -> known("--nonce", () -> KeyBinding.parseNonce(text)));
  }

  private Optional<Bytes> publicKey() {
    return publicKey.map(text -> known("--public-key", () -> Base64Text.decode("key", text, 32)));
  }

  private static <T> T known(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (MalformedAnswer malformed) {
      throw new IllegalArgumentException(option + ": " + malformed.rule(), malformed);
    }
  }

  private static Bytes read(String option, Path path) {
    try {
      if (Files.size(path) > FILE_LIMIT_BYTES) {
        throw new IllegalArgumentException(option + ": the file is larger than 16 MiB: " + path);
      }
      return Bytes.owning(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(option + ": the file cannot be read: " + path, e);
    }
  }
}
