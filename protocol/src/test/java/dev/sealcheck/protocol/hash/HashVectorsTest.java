package dev.sealcheck.protocol.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealcheck.protocol.vector.VectorCase;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both hashes against vectors/hash and vectors/key-binding. */
class HashVectorsTest {

  static List<VectorCase> hashes() {
    return VectorCase.all("hash", "HashTest");
  }

  static List<VectorCase> blake3Values() {
    return VectorCase.all("key-binding", "Blake3Test");
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void hashesToThisValueAndNoOther(VectorCase one) {
    int size = one.group().path("digestSize").intValue() / Byte.SIZE;
    String hash = HexFormat.of().formatHex(Blake2b256.digest(size, one.hex("msg")));
    assertThat(hash.equals(one.text("hash")) ? "valid" : "HASH_MISMATCH").isEqualTo(one.expected());
  }

  @ParameterizedTest
  @MethodSource("blake3Values")
  void hashesAsThePublishedVectorsOfBlake3(VectorCase one) {
    assertThat(Blake3.of(one.hex("msg")).toArray()).isEqualTo(one.hex("hash"));
  }
}
