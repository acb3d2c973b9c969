package dev.sealcheck.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SealTest {
  @Test
  void hashesAsBlake2b256() {
    // BLAKE2b (RFC 7693) with a 32-byte output, computed by Python's hashlib.
    assertThat(BodyHash.of(Bytes.utf8("abc")).bytes().toHex())
        .isEqualTo("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assertThat(BodyHash.of(Vector.PLAINTEXT).base64()).isEqualTo(Vector.HASH);
  }

  @Test
  void derivesTheKeyOfTheProtocolsVectorFromBothSides() {
    Bytes clientSide = Vector.CLIENT.sharedSecret(Vector.NODE.publicKey());
    Bytes nodeSide = Vector.NODE.sharedSecret(Vector.CLIENT.publicKey());

    assertThat(clientSide.toHex()).isEqualTo(Vector.SHARED);
    assertThat(nodeSide.toHex()).isEqualTo(Vector.SHARED);
    assertThat(Derivation.of(clientSide, Vector.salt()).key().toHex()).isEqualTo(Vector.KEY);
  }

  @Test
  void sealsAndOpensTheProtocolsVector() {
    Bytes key = Bytes.hex(Vector.KEY);

    assertThat(Vector.PLAINTEXT.length()).isEqualTo(81);
    assertThat(Base64Text.encode(Seal.seal(key, Vector.nonce(), Vector.PLAINTEXT)))
        .isEqualTo(Vector.CIPHERTEXT);
    assertThat(Seal.open(key, Vector.nonce(), Base64Text.decode("ciphertext", Vector.CIPHERTEXT)))
        .isEqualTo(Vector.PLAINTEXT);
  }

  @Test
  void refusesCiphertextsShorterThanATag() {
    assertThatThrownBy(() -> Seal.open(Bytes.hex(Vector.KEY), Vector.nonce(), Bytes.random(15)))
        .isInstanceOf(CannotOpen.class);
  }

  @Property(tries = 100)
  void opensWhatItSealedAndNothingElse(@ForAll byte[] plaintext, @ForAll int anyBit) {
    Bytes key = Bytes.random(32);
    Nonce nonce = Nonce.fresh();
    Bytes sealed = Seal.seal(key, nonce, Bytes.of(plaintext));
    Bytes tampered = sealed.flippedBit(Math.floorMod(anyBit, 8 * sealed.length()));

    assertThat(sealed.length()).isEqualTo(plaintext.length + Seal.TAG_BYTES);
    assertThat(Seal.open(key, nonce, sealed)).isEqualTo(Bytes.of(plaintext));
    assertThatThrownBy(() -> Seal.open(key, nonce, tampered)).isInstanceOf(CannotOpen.class);
  }

  @Test
  void printsNoSecret() {
    Derivation derivation = Derivation.of(Bytes.hex(Vector.SHARED), Vector.salt());

    assertThat(derivation.toString())
        .isEqualTo(
            "Derivation[sharedSecret=32 bytes, salt=Salt[bytes=16 bytes],"
                + " pseudorandomKey=32 bytes, key=32 bytes]");
  }
}
