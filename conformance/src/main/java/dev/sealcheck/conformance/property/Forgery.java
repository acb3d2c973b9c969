package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import java.util.List;

/** A header in the place of a proxy's signature that must not be taken for one. */
sealed interface Forgery {

  /** docs/PROTOCOL.md section 5. */
  int SIGNATURE_BYTES = 64;

  /** The header's text, made with the proxy's good envelope at hand. */
  String header(Bytes good);

  /** Any bytes. */
  record AnyBytes(List<Integer> bytes) implements Forgery {
    @Override
    public String header(Bytes good) {
      return Base64Text.encode(joined(bytes));
    }
  }

  /** Right lengths for a flag, and chance in between. */
  record AnyEnvelope(int flag, int keyBytes, List<Integer> bytes) implements Forgery {
    @Override
    public String header(Bytes good) {
      Bytes rest = joined(bytes).slice(0, SIGNATURE_BYTES + keyBytes);
      return Base64Text.encode(Bytes.concat(joined(List.of(flag)), rest));
    }
  }

  /** One bit of the good one flipped. */
  record OneBit(int index) implements Forgery {
    @Override
    public String header(Bytes good) {
      return Base64Text.encode(good.flippedBit(index % (Byte.SIZE * good.length())));
    }
  }

  /** The good one cut off. */
  record Cut(int length) implements Forgery {
    @Override
    public String header(Bytes good) {
      return Base64Text.encode(good.slice(0, length % good.length()));
    }
  }

  /** The good one with something behind it. */
  record Longer(List<Integer> bytes) implements Forgery {
    @Override
    public String header(Bytes good) {
      return Base64Text.encode(Bytes.concat(good, joined(bytes)));
    }
  }

  /** Any visible characters. */
  record Text(String text) implements Forgery {
    @Override
    public String header(Bytes good) {
      return text;
    }
  }

  private static Bytes joined(List<Integer> octets) {
    byte[] bytes = new byte[octets.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = octets.get(i).byteValue();
    }
    return Bytes.owning(bytes);
  }
}
