package dev.sealcheck.conformance.exchange;

import dev.sealcheck.conformance.client.Bytes;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call and what became of it. A complete answer has {@code answer} and no {@code failure}; one
 * that broke off in its body has both; nanos are the suite clock's.
 *
 * @param call what was sent
 * @param answer what came, as far as it came
 * @param failure why it ended early
 * @param startNanos when sending began
 * @param headNanos when the head had arrived, where it did
 * @param endNanos when it was over
 */
public record Exchange(
    HttpCall call,
    Optional<HttpAnswer> answer,
    Optional<ExchangeFailure> failure,
    long startNanos,
    OptionalLong headNanos,
    long endNanos) {

  /** Whether a whole answer came; one cut at the cap counts. */
  public boolean isAnswered() {
    return answer.isPresent() && failure.isEmpty();
  }

  /**
   * The status of the answer.
   *
   * @throws IllegalStateException if no head came
   */
  public int status() {
    return head().status();
  }

  /**
   * The headers of the answer.
   *
   * @throws IllegalStateException if no head came
   */
  public HttpHeaders headers() {
    return head().headers();
  }

  /** The bytes of the body that came, none where no head did. */
  public Bytes body() {
    return answer.map(HttpAnswer::body).orElse(Bytes.empty());
  }

  /** The outcome in a few words for reports, without body and credentials. */
  public String outcome() {
    String came = answer.map(a -> "status " + a.status() + ", " + a.body()).orElse("no answer");
    return came + failure.map(f -> ", " + f.kind() + ": " + f.message()).orElse("");
  }

  /** How many bytes of bodies this holds. */
  long weightBytes() {
    return (long) body().length() + call.body().map(Bytes::length).orElse(0);
  }

  /** A copy without the bodies, for a transcript that has grown too heavy. */
  Exchange withoutBodies() {
    HttpCall bare =
        new HttpCall(call.method(), call.uri(), call.headers(), Optional.empty(), call.token());
    return new Exchange(
        bare,
        answer.map(a -> new HttpAnswer(a.status(), a.headers(), Bytes.empty(), true)),
        failure,
        startNanos,
        headNanos,
        endNanos);
  }

  private HttpAnswer head() {
    return answer.orElseThrow(() -> new IllegalStateException("no head: " + outcome()));
  }
}
