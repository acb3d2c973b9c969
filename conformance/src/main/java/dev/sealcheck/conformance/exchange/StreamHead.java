package dev.sealcheck.conformance.exchange;

/**
 * The status and headers of a stream's answer.
 *
 * @param status the status code
 * @param headers as received; their names may have lost their case
 * @param arrivalNanos when it had arrived
 */
public record StreamHead(int status, HttpHeaders headers, long arrivalNanos) {
  /** Whether events follow: 200 and text/event-stream. */
  public boolean isEventStream() {
    return status == 200 && headers.mediaType().filter("text/event-stream"::equals).isPresent();
  }
}
