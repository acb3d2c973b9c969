package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.exchange.HttpCall;
import dev.sealcheck.conformance.world.World;
import io.cucumber.java.en.But;
import java.util.function.UnaryOperator;

/** The HTTP call that carries a sealed request: its media type and its size. */
public final class CallSteps {

  private final World world;
  private final Draft draft;

  /** Made by Cucumber for each scenario. */
  public CallSteps(World world, Draft draft) {
    this.world = world;
    this.draft = draft;
  }

  @But("it is sent as anything but JSON")
  public void notJson() {
    typed("text/plain");
    typed("application/x-www-form-urlencoded");
    typed("application/octet-stream");
    typed("application/jsonlines");
    draft.harm("sent without a media type", Harm.ofCall(c -> c.withoutHeader("Content-Type")));
  }

  @But("its media type is written in every good way")
  public void jsonInOtherWords() {
    typed("application/json; charset=utf-8");
    typed("application/json;charset=UTF-8");
    typed("Application/JSON");
  }

  @But("it is one byte over the cap")
  public void overTheCap() {
    draft.harm("one byte over the cap", sized(cap() + 1));
  }

  @But("it is exactly as large as the cap")
  public void atTheCap() {
    draft.harm("as large as the cap", sized(cap()));
  }

  private int cap() {
    return world.profile().limits().bodyBytes();
  }

  private void typed(String mediaType) {
    draft.harm("sent as " + mediaType, Harm.ofCall(call -> call.withContentType(mediaType)));
  }

  /** With blanks in the envelope up to that size. */
  private static Harm sized(int bytes) {
    UnaryOperator<HttpCall> padding =
        call -> {
          Bytes json = call.body().orElseThrow();
          return call.withBody(
              Bytes.concat(
                  json.slice(0, 1),
                  Bytes.utf8(" ".repeat(bytes - json.length())),
                  json.slice(1, json.length())));
        };
    return Harm.ofCall(padding);
  }
}
