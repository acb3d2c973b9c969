package dev.sealcheck.conformance.node;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpHeader;
import java.util.List;

/** Behaviours of a node that has taken the whole request and then gives no answer, or a torso. */
public final class BrokenNode {
  private static final List<HttpHeader> JSON =
      List.of(new HttpHeader("Content-Type", "application/json"));

  private BrokenNode() {}

  /** Sends nothing, until the proxy closes the connection or the behaviour is withdrawn. */
  public static NodeBehaviour hanging() {
    return NodeCall::hold;
  }

  /** Sends the head of a whole answer and nothing of its body, until the same. */
  public static NodeBehaviour hangingAfterHead() {
    return call -> {
      call.http().stream(200, JSON);
      call.hold();
    };
  }

  /** Resets the connection before the head. */
  public static NodeBehaviour resetting() {
    return call -> call.http().reset();
  }

  /** Closes the connection in order, before the head. */
  public static NodeBehaviour closing() {
    return call -> call.http().closeSilently();
  }

  /** Sends head and half of a good whole answer, then closes the connection. */
  public static NodeBehaviour cutting() {
    return call -> {
      Bytes answer = call.answer(call.open(), ReplyChange.NONE).json();
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + answer.length()
              + "\r\n\r\n";
      call.http().raw(Bytes.concat(Bytes.utf8(head), answer.slice(0, answer.length() / 2)));
    };
  }

  /** Sends any bytes in the place of an answer, then closes the connection. */
  public static NodeBehaviour sending(Bytes noAnswer) {
    return call -> call.http().raw(noAnswer);
  }
}
