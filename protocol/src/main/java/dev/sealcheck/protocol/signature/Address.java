package dev.sealcheck.protocol.signature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sealcheck.protocol.hash.Blake2b256;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a signing key: {@code 0x} and the lower-case hex of BLAKE2b-256( flag ‖ public key );
 * docs/PROTOCOL.md section 5.
 */
public record Address(@JsonValue String text) {

  private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{64}");

  /**
   * An address in its one form.
   *
   * @throws IllegalArgumentException if the text is not {@code 0x} and 64 lower-case hex digits
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Address {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("an address is 0x and 64 lower-case hex digits");
    }
  }

  static Address of(SignatureScheme scheme, byte[] publicKey) {
    byte[] flag = {scheme.flag()};
    byte[] hash = Blake2b256.of(flag, publicKey).toArray();
    return new Address("0x" + HexFormat.of().formatHex(hash));
  }

  @Override
  public String toString() {
    return text;
  }
}
