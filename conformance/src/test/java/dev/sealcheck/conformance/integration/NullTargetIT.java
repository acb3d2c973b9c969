package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Endpoint;
import dev.sealcheck.conformance.client.SignatureScheme;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.X25519Pair;
import dev.sealcheck.conformance.client.X25519PublicKey;
import dev.sealcheck.conformance.exchange.BearerToken;
import dev.sealcheck.conformance.profile.Accounts;
import dev.sealcheck.conformance.profile.Attestation;
import dev.sealcheck.conformance.profile.Counts;
import dev.sealcheck.conformance.profile.Limits;
import dev.sealcheck.conformance.profile.NodeAccess;
import dev.sealcheck.conformance.profile.Offer;
import dev.sealcheck.conformance.profile.Permission;
import dev.sealcheck.conformance.profile.Profile;
import dev.sealcheck.conformance.profile.RotationAccess;
import dev.sealcheck.conformance.report.Conformance;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.requirement.Level;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.target.Budget;
import dev.sealcheck.conformance.target.Models;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.SuiteServers;
import dev.sealcheck.conformance.target.Target;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that implements nothing earns nothing, whatever it answers. */
class NullTargetIT {

  private static final int USERS = 6;

  /** Shorter than the life of a lock, so that no check waits for one to end. */
  private static final InProcess SUITE =
      new InProcess(Duration.ofSeconds(3), Duration.ofSeconds(4));

  private static final Set<Verdict> NOTHING_EARNED =
      EnumSet.of(Verdict.FAIL, Verdict.HUNG, Verdict.NOT_RUN, Verdict.NOT_APPLICABLE);

  private static final Duration SHORT = Duration.ofMillis(200);

  private static final String MODEL = "sealcheck/chat-small";

  @TempDir private Path directory;

  /** Targets that speak HTTP. */
  private enum Answering {
    BAD_REQUEST(
        400, "application/json", "{\"error\":{\"code\":\"INVALID_BODY\",\"message\":\"no\"}}"),
    EMPTY_OBJECT(200, "application/json", "{}"),
    PAGE_NOT_FOUND(404, "text/html", "<!doctype html><title>404</title><h1>Not found</h1>");

    private final int status;
    private final String mediaType;
    private final String body;

    Answering(int status, String mediaType, String body) {
      this.status = status;
      this.mediaType = mediaType;
      this.body = body;
    }

    Bytes answer() {
      return NullTarget.answer(status, mediaType, Bytes.utf8(body));
    }
  }

  @ParameterizedTest
  @EnumSource(Answering.class)
  void earnsNoPassWithOneAnswerToEverything(Answering answering) throws Exception {
    try (NullTarget target = NullTarget.answering((line, body) -> answering.answer())) {
      assertNoPass(run(target.address(), Optional.empty()));
      assertNoPass(run(target.address(), Optional.of(MODEL)));
    }
  }

  @ParameterizedTest
  @EnumSource(Answering.class)
  void earnsNoPassWithAProfileThatPromisesEverything(Answering answering) throws Exception {
    try (NullTarget target = NullTarget.answering((line, body) -> answering.answer())) {
      assertNoPass(runPromised(target.address(), Optional.of(target.address())));
    }
  }

  @ParameterizedTest
  @EnumSource(Answering.class)
  void earnsNoPassAsANode(Answering answering) throws Exception {
    try (NullTarget target = NullTarget.answering((line, body) -> answering.answer())) {
      assertNoPass(runPromised(target.address(), Optional.empty()));
    }
  }

  @Test
  void earnsNoPassWithRecordedGoodAnswers() throws Exception {
    Recording recording;
    try (ReferenceDeployment reference =
        ReferenceDeployment.start(1, Optional.empty(), SuiteClock.system())) {
      recording = Recording.of(reference);
    }
    try (NullTarget target = NullTarget.answering(recording::to)) {
      assertNoPass(run(target.address(), Optional.empty()));
      assertNoPass(runPromised(target.address(), Optional.of(target.address())));
    }
  }

  @Test
  void earnsNoPassWithAListOfModelsAndNothingElse() throws Exception {
    Bytes models =
        NullTarget.answer(
            200, "application/json", Bytes.utf8("{\"data\":[{\"id\":\"" + MODEL + "\"}]}"));
    try (NullTarget target =
        NullTarget.answering((line, body) -> line.startsWith("GET ") ? models : Bytes.empty())) {
      assertNoPass(run(target.address(), Optional.empty()));
    }
  }

  @Test
  void isUnreachableWithAClosedPort() throws IOException {
    URI address;
    try (NullTarget closed = NullTarget.readingOnly()) {
      address = closed.address();
    }

    assertUnreachable(address);
  }

  @Test
  void isUnreachableWhereConnectionsAreClosedAtOnce() throws IOException {
    try (NullTarget target = new NullTarget(connection -> connection.setSoLinger(true, 0))) {
      assertUnreachable(target.address());
    }
    try (NullTarget target = new NullTarget(connection -> connection.shutdownOutput())) {
      assertUnreachable(target.address());
    }
  }

  @Test
  void isUnreachableWhereRequestsAreReadAndConnectionsClosed() throws IOException {
    try (NullTarget target = NullTarget.readingOnly()) {
      assertUnreachable(target.address());
    }
  }

  private static void assertUnreachable(URI address) {
    assertThat(Conformance.UNREACHABLE.exitCode()).isEqualTo(4);
    assertThatThrownBy(() -> run(address, Optional.empty()))
        .isInstanceOf(UnreachableException.class);
    assertThatThrownBy(() -> run(address, Optional.of(MODEL)))
        .isInstanceOf(UnreachableException.class);
  }

  private static void assertNoPass(RunResult result) {
    assertThat(result.conformance().exitCode()).isNotZero();
    assertThat(result.classReached()).isEqualTo("neither");
    assertThat(result.problems()).isEmpty();
    assertThat(result.requirements())
        .hasSize(InProcess.testedIds().size())
        .allSatisfy(
            row -> {
              // A SHOULD that is broken is a WARN; a MUST with one would have passed otherwise.
              assertThat(row.verdict())
                  .as(row.requirement().id() + ": " + row.reason())
                  .isIn(
                      row.requirement().level() == Level.SHOULD
                          ? EnumSet.complementOf(EnumSet.of(Verdict.PASS, Verdict.HARNESS_ERROR))
                          : NOTHING_EARNED);
              assertThat(row.reason()).as(row.requirement().id()).isNotBlank();
            });
  }

  private static RunResult run(URI address, Optional<String> model)
      throws InterruptedException, UnreachableException {
    return SUITE.run(address, users(), Selection.everything(), model);
  }

  /**
   * Runs everything on a target that is said to have everything, with an engine behind it that it
   * never calls.
   *
   * @param proxy empty for a node alone
   */
  private RunResult runPromised(URI node, Optional<URI> proxy) throws Exception {
    Profile profile = promises(node);
    Target target =
        new Target(
            proxy,
            proxy.isPresent() ? users() : List.of(),
            Models.of(List.of(MODEL)),
            profile,
            Budget.none(),
            SUITE.exchangeLimit(),
            SUITE.checkLimit(),
            false);
    try (SuiteServers servers = SuiteServers.start(profile, SuiteClock.system())) {
      return SUITE.run(target, servers, Selection.everything());
    }
  }

  private Profile promises(URI address) throws IOException {
    X25519PublicKey key = X25519Pair.fresh().publicKey();
    List<SigningPair> proxyKeys =
        Stream.of(SignatureScheme.values()).map(SigningPair::generate).toList();
    Path log = Files.writeString(directory.resolve("log"), "started\n");
    return new Profile(
        new Offer(
            Optional.of(MODEL),
            Optional.of("sealcheck/chat-large"),
            Optional.of("sealcheck/embed"),
            Optional.of("sealcheck/image"),
            Set.of(Endpoint.values())),
        new Accounts(tokens(2), Optional.of(tokens(1).get(0)), Optional.of(tokens(1).get(0))),
        new Limits(
            Limits.DEFAULT_BODY_BYTES,
            Limits.DEFAULT_STACK_UNITS,
            Optional.of(SHORT),
            Optional.of(SHORT),
            Optional.of(SHORT),
            OptionalInt.of(2),
            OptionalInt.of(2)),
        Set.of(Permission.values()),
        new Counts(2, 2, 2, 2, 2, 2),
        Map.of(),
        Optional.of(new NodeAccess(address, key, proxyKeys, Optional.empty())),
        OptionalInt.of(0),
        List.of(),
        List.of(log),
        List.of(address.resolve("/metrics")),
        new Attestation(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new RotationAccess(address.resolve("/rotate"), Optional.empty(), MODEL)),
            false));
  }

  private static List<TestUser> users() {
    return IntStream.rangeClosed(1, USERS)
        .mapToObj(number -> TestUser.withRandomToken("user " + number))
        .toList();
  }

  private static List<BearerToken> tokens(int count) {
    return users().stream().limit(count).map(TestUser::token).toList();
  }
}
