package dev.sealcheck.conformance.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The X25519 keys of small order: with each of them every shared secret is 32 zero bytes (RFC 7748
 * section 6.1; docs/PROTOCOL.md section 3).
 */
public final class SmallOrder {

  /** The secret that they all lead to. */
  public static final Bytes SECRET = Bytes.hex("00".repeat(32));

  private static final int TOP_BIT = 255;

  private SmallOrder() {}

  /** All fourteen encodings, by their names: seven below 2^255, and these with bit 255 set. */
  public static Map<String, X25519PublicKey> encodings() {
    Map<String, X25519PublicKey> keys = new LinkedHashMap<>();
    add(keys, "0", "00".repeat(32));
    add(keys, "1", "01" + "00".repeat(31));
    add(keys, "p-1", "ec" + "ff".repeat(30) + "7f");
    add(keys, "p", "ed" + "ff".repeat(30) + "7f");
    add(keys, "p+1", "ee" + "ff".repeat(30) + "7f");
    add(
        keys,
        "of order 8 that begins e0eb",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    add(
        keys,
        "of order 8 that begins 5f9c",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157");
    return keys;
  }

  private static void add(Map<String, X25519PublicKey> keys, String name, String hex) {
    Bytes bytes = Bytes.hex(hex);
    keys.put(name, new X25519PublicKey(bytes));
    keys.put(name + " with bit 255 set", new X25519PublicKey(bytes.flippedBit(TOP_BIT)));
  }
}
