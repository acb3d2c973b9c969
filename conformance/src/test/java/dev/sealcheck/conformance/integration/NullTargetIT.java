package dev.sealcheck.conformance.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.report.Conformance;
import dev.sealcheck.conformance.report.RunResult;
import dev.sealcheck.conformance.run.Selection;
import dev.sealcheck.conformance.target.ReferenceDeployment;
import dev.sealcheck.conformance.target.TestUser;
import dev.sealcheck.conformance.target.UnreachableException;
import dev.sealcheck.conformance.time.SuiteClock;
import dev.sealcheck.conformance.verdict.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that implements nothing earns nothing, whatever it answers. */
class NullTargetIT {

  private static final int USERS = 6;

  /** Shorter than the life of a lock, so that no check waits for one to end. */
  private static final InProcess SUITE =
      new InProcess(Duration.ofSeconds(3), Duration.ofSeconds(4));

  private static final String MODEL = "sealcheck/chat-small";

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

  @Test
  void earnsNoPassWithRecordedGoodAnswers() throws Exception {
    Recording recording;
    try (ReferenceDeployment reference =
        ReferenceDeployment.start(1, Optional.empty(), SuiteClock.system())) {
      recording = Recording.of(reference);
    }
    try (NullTarget target = NullTarget.answering(recording::to)) {
      assertNoPass(run(target.address(), Optional.empty()));
      assertNoPass(run(target.address(), Optional.of(MODEL)));
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
              assertThat(row.verdict())
                  .as(row.requirement().id())
                  .isIn(Verdict.FAIL, Verdict.HUNG, Verdict.NOT_RUN);
              assertThat(row.reason()).as(row.requirement().id()).isNotBlank();
            });
  }

  private static RunResult run(URI address, Optional<String> model)
      throws InterruptedException, UnreachableException {
    List<TestUser> users =
        IntStream.rangeClosed(1, USERS)
            .mapToObj(number -> TestUser.withRandomToken("user " + number))
            .toList();
    return SUITE.run(address, users, Selection.everything(), model);
  }
}
