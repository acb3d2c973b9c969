package dev.sealcheck.node.fault;

import dev.sealcheck.protocol.wire.Nonce;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The deviations that this node can be told to show. */
public enum Fault {
  /** All events of one stream are sealed with one nonce, as the deployed node does. */
  STREAM_NONCE_REUSE("stream-nonce-reuse") {
    @Override
    public Supplier<Nonce> nonces(Supplier<Nonce> fresh) {
      Nonce once = fresh.get();
      return () -> once;
    }
  };

  private final String id;

  Fault(String id) {
    this.id = id;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** What one request's answer is sealed with, made from a source of fresh nonces. */
  public Supplier<Nonce> nonces(Supplier<Nonce> fresh) {
    return fresh;
  }

  /** The fault of that name. */
  public static Optional<Fault> of(String id) {
    return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
  }
}
