package dev.sealcheck.conformance.cli;

import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.Accounts;
import dev.sealcheck.conformance.profile.KeyFile;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.profile.NodeParts;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.ProfileFile;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestUser;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what is tested and what is known of it; they outweigh a profile. */
final class TargetOptions {

  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "YAML that tells about the target, see docs/PROFILE.md.")
  private Optional<Path> profileFile;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description =
          "The proxy to test. Without it and --node the reference is started, tested and stopped.")
  private Optional<URI> proxy;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A token on each line, each of a user of its own; more users test faster. Without it:"
              + " the profile's, else the variable SEALCHECK_TOKEN.")
  private Optional<Path> tokenFile;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model to chat with. Without it: the first that the proxy lists.")
  private Optional<String> model;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "A node to stand in front of as its proxy, with or without --proxy.")
  private Optional<URI> node;

  @Option(
      names = "--node-key",
      paramLabel = "BASE64",
      description = "The node's X25519 public key.")
  private Optional<String> nodeKey;

  @Option(
      names = "--proxy-key-file",
      paramLabel = "PEM",
      description = "The Ed25519 key of a proxy that the node takes requests from.")
  private Optional<Path> proxyKeyFile;

  @Option(
      names = "--engine-port",
      paramLabel = "N",
      description = "Plays the engine on 127.0.0.1:N, for a node that has been pointed there.")
  private Optional<Integer> enginePort;

  @Option(
      names = "--slow",
      description = "Also runs checks that wait for a minute or more (profile: allow: [slow]).")
  private boolean slow;

  @Option(
      names = "--require-attestation",
      description =
          "Seals only to keys whose evidence holds, under the root and allow-list that the profile"
              + " names; no lock's key is taken on trust.")
  private boolean requireAttestation;

  /** Made by picocli. */
  TargetOptions() {}

  /**
   * A target that a user named.
   *
   * @param proxy its proxy; empty where only a node is tested
   * @param users the ordinary users; none where there is no proxy
   * @param profile what is known of it
   */
  record Given(Optional<URI> proxy, List<TestUser> users, Profile profile) {

    /** Copies the list. */
    Given {
      users = List.copyOf(users);
    }
  }

  /**
   * The target that the options and the profile name; empty for the reference.
   *
   * @param environmentToken the value of {@link Tokens#VARIABLE}; null where it is not set
   * @throws IllegalArgumentException if an option is wrong, or if two do not go together
   * @throws dev.sealcheck.conformance.profile.ProfileException if the profile is wrong, or if a
   *     part of a node is missing
   */
  Optional<Given> given(String environmentToken) {
    ProfileFile file = profileFile.map(ProfileFile::load).orElseGet(ProfileFile::none);
    Optional<URI> base = proxy.or(file::proxy).map(Target::baseOf);
    Optional<NodeAccess> access = file.node().overriddenBy(nodeParts()).complete();
    requireSense(base, access);
    if (base.isEmpty() && access.isEmpty()) {
      return Optional.empty();
    }
    Profile profile = refine(file.profile().withNode(access));
    if (base.isEmpty() && profile.offer().chat().isEmpty()) {
      throw new IllegalArgumentException(
          "a node alone lists no models: name one with --model, or in the profile (models.chat)");
    }
    List<TestUser> users =
        base.isPresent() ? users(file.tokens(), environmentToken) : List.<TestUser>of();
    requireApart(users, profile.accounts());
    return Optional.of(new Given(base, users, profile));
  }

  /** {@code profile} with what the options add to it. */
  Profile refine(Profile profile) {
    Profile refined = model.map(profile::withChat).orElse(profile);
    refined = enginePort.isPresent() ? refined.withEnginePort(enginePort.get()) : refined;
    refined = slow ? refined.allowing(Permission.SLOW) : refined;
    return requireAttestation ? refined.requiringAttestation() : refined;
  }

  private NodeParts nodeParts() {
    return new NodeParts(
        node.map(TargetOptions::nodeBase),
        nodeKey.map(text -> NodeParts.publicKey("--node-key", text)),
        proxyKeyFile.map(KeyFile::read),
        Optional.empty());
  }

  private static URI nodeBase(URI node) {
    try {
      return Target.baseOf(node);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--node: " + e.getMessage().replace("proxy", "node"), e);
    }
  }

  private void requireSense(Optional<URI> base, Optional<NodeAccess> access) {
    if (base.isEmpty() && tokenFile.isPresent()) {
      throw new IllegalArgumentException(
          "--token-file needs --proxy: the reference has own tokens, and a node takes none");
    }
    if (base.isEmpty() && access.isEmpty() && profileFile.isPresent()) {
      throw new IllegalArgumentException(
          "the profile names no target: add proxy or node to it, or give --proxy or --node");
    }
    if (base.isEmpty() && access.isEmpty() && enginePort.isPresent()) {
      throw new IllegalArgumentException(
          "--engine-port needs --proxy or --node: the reference is started with an engine anyway");
    }
    if (model.isPresent() && model.get().isBlank()) {
      throw new IllegalArgumentException("--model is blank");
    }
    if (enginePort.isPresent() && (enginePort.get() < 1 || enginePort.get() > LAST_PORT)) {
      throw new IllegalArgumentException(
          "--engine-port is 1 to " + LAST_PORT + ", got " + enginePort.get());
    }
  }

  /** A profile is free of this by itself, but tokens may come from elsewhere. */
  private static void requireApart(List<TestUser> users, Accounts special) {
    List<BearerToken> tokens = users.stream().map(TestUser::token).toList();
    if (special.all().stream().anyMatch(tokens::contains)) {
      throw new IllegalArgumentException(
          "an ordinary user's token also stands in users.counting, users.poor or users.limited");
    }
  }

  private List<TestUser> users(List<BearerToken> written, String environmentToken) {
    return tokenFile.isEmpty() && !written.isEmpty()
        ? Tokens.users(written)
        : Tokens.users(tokenFile, environmentToken);
  }
}
