package dev.sealcheck.proxy.relay;

import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.SealedMessage;

/** Takes from a node only what the node itself has signed; docs/PROTOCOL.md section 5. */
final class AnswerCheck {

  private AnswerCheck() {}

  /**
   * The sealed message in {@code json}.
   *
   * @throws MalformedMessageException if it is none, or not signed by {@code signer}
   */
  static SealedMessage verified(byte[] json, Address signer) throws MalformedMessageException {
    SealedMessage message = SealedMessage.parse(json);
    SignatureEnvelope signature = SignatureEnvelope.parse(message.signature());
    if (!signature.address().equals(signer)) {
      throw new MalformedMessageException("signature", "must be by the registered node");
    }
    if (!signature.verifies(message.responseHash())) {
      throw new MalformedMessageException("signature", "must verify");
    }
    return message;
  }
}
