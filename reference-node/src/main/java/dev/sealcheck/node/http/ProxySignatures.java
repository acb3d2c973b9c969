package dev.sealcheck.node.http;

import dev.sealcheck.protocol.signature.Address;
import dev.sealcheck.protocol.signature.SignatureEnvelope;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ErrorCode;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.RefusedException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes signatures of the configured proxies only; docs/PROTOCOL.md section 5. */
final class ProxySignatures {

  private static final Logger log = LoggerFactory.getLogger(ProxySignatures.class);

  private final Set<Address> proxies;

  ProxySignatures(Set<Address> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  /**
   * The proxy that signed {@code hash}.
   *
   * @param header the value of {@code X-Signature}, null where there is none
   * @throws RefusedException {@code AUTH_ERROR} for every fault alike
   */
  Address require(String header, BodyHash hash) throws RefusedException {
    try {
      if (header != null) {
        SignatureEnvelope signature = SignatureEnvelope.parse(header);
        Address signer = signature.address();
        if (proxies.contains(signer) && signature.verifies(hash)) {
          return signer;
        }
      }
    } catch (MalformedMessageException e) {
      log.atDebug().addKeyValue("rule", e.getMessage()).log("signature refused");
    }
    throw new RefusedException(ErrorCode.AUTH_ERROR);
  }
}
