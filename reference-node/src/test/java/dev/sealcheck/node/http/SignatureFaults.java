package dev.sealcheck.node.http;

import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SignatureScheme;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of {@code X-Signature} that a node must not take, each beside what is wrong with it. */
final class SignatureFaults {

  private static final int KEY_START = 65;

  private SignatureFaults() {}

  static Map<String, String> of(SignatureScheme scheme, BodyHash hash)
      throws MalformedMessageException {
    String good = NodeFixture.proxyKey(scheme).sign(hash).toText();
    byte[] bytes = Base64Text.decode("good", good);
    Map<String, String> faults = new LinkedHashMap<>();
    faults.put("no base64", "canary!");
    faults.put("nothing but a flag", Base64Text.encode(Arrays.copyOf(bytes, 1)));
    faults.put("cut text", good.substring(0, good.length() - 1));
    faults.put("cut bytes", Base64Text.encode(Arrays.copyOf(bytes, bytes.length - 1)));
    faults.put("a byte too many", Base64Text.encode(Arrays.copyOf(bytes, bytes.length + 1)));
    faults.put("twice", good + good);
    faults.put("an unknown flag", changed(bytes, 0, 3));
    faults.put("another scheme's flag", changed(bytes, 0, bytes[0] == 1 ? 2 : 1));
    faults.put("a flipped bit of the signature", changed(bytes, 10, bytes[10] ^ 1));
    faults.put("a flipped bit of the key", changed(bytes, KEY_START + 5, bytes[KEY_START + 5] ^ 1));
    byte[] zero = bytes.clone();
    Arrays.fill(zero, 1, KEY_START, (byte) 0);
    faults.put("a signature of zeros", Base64Text.encode(zero));
    faults.put(
        "another hash", NodeFixture.proxyKey(scheme).sign(Blake2b256.of(hash.toArray())).toText());
    faults.put(
        "a signer that is not configured", NodeFixture.foreignKey(scheme).sign(hash).toText());
    return faults;
  }

  private static String changed(byte[] good, int at, int value) {
    byte[] bytes = good.clone();
    bytes[at] = (byte) value;
    return Base64Text.encode(bytes);
  }
}
