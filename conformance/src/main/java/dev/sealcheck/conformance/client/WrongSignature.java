package dev.sealcheck.conformance.client;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A signature envelope that must not be taken, made from a good one (docs/PROTOCOL.md section 5);
 * each is wrong for every scheme.
 */
public enum WrongSignature {
  /** An empty text. */
  EMPTY {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return "";
    }
  },
  /** A text that is no base64. */
  NOT_BASE64 {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return "*no base64*";
    }
  },
  /** The last byte of the public key is missing. */
  TOO_SHORT {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      Bytes good = envelope(key, hash);
      return Base64Text.encode(good.slice(0, good.length() - 1));
    }
  },
  /** A byte follows the public key. */
  TOO_LONG {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return Base64Text.encode(Bytes.concat(envelope(key, hash), Bytes.hex("00")));
    }
  },
  /** A flag that names no scheme. */
  FLAG_UNKNOWN {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return Base64Text.encode(Bytes.concat(Bytes.hex("09"), bare(key, hash)));
    }
  },
  /** The flag of the next scheme. */
  FLAG_OF_ANOTHER {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      SignatureScheme other =
          switch (key.scheme()) {
            case ED25519 -> SignatureScheme.SECP256K1;
            case SECP256K1 -> SignatureScheme.SECP256R1;
            case SECP256R1 -> SignatureScheme.ED25519;
          };
      Bytes flag = Bytes.owning(new byte[] {(byte) other.flag()});
      return Base64Text.encode(Bytes.concat(flag, bare(key, hash)));
    }
  },
  /** One bit of the signature is flipped. */
  BIT_FLIPPED {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return Base64Text.encode(envelope(key, hash).flippedBit(8 * FLIPPED_BYTE));
    }
  },
  /** A true signature, but over another hash. */
  OF_OTHER_HASH {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return key.sign(BodyHash.of(hash.bytes())).base64();
    }
  },
  /** The other value of s that plain arithmetic takes: n - s, for Ed25519 s + L. */
  OTHER_S {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      SignatureEnvelope good = key.sign(hash);
      return Base64Text.encode(
          Bytes.concat(flag(key), withOtherS(key.scheme(), good.signature()), good.publicKey()));
    }
  },
  /** Nothing but zero bytes for the signature. */
  ALL_ZERO {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return Base64Text.encode(
          Bytes.concat(flag(key), Bytes.owning(new byte[SIGNATURE_BYTES]), key.publicKey()));
    }
  },
  /** A public key that is no point of the curve. */
  OFF_THE_CURVE {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      return withKey(key, hash, offTheCurve(key.scheme()));
    }
  },
  /** A public key whose coordinate is larger than the field. */
  OUT_OF_THE_FIELD {
    @Override
    public String of(SigningPair key, BodyHash hash) {
      byte[] large = new byte[key.scheme().publicKeyBytes()];
      Arrays.fill(large, (byte) 0xff);
      if (key.scheme() != SignatureScheme.ED25519) {
        large[0] = 2;
      }
      return withKey(key, hash, Bytes.owning(large));
    }
  };

  private static final int SIGNATURE_BYTES = 64;

  /** Somewhere in the first half of the signature: after the flag, before s. */
  private static final int FLIPPED_BYTE = 20;

  /** RFC 8032 section 5.1: the order of the base point. */
  private static final BigInteger ED25519_ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** A coordinate that no point has, on any of the three curves. */
  private static final byte NO_COORDINATE = 7;

  /** The wrong envelope in its text form, made for this key and this hash. */
  public abstract String of(SigningPair key, BodyHash hash);

  private static Bytes envelope(SigningPair key, BodyHash hash) {
    return Bytes.concat(flag(key), bare(key, hash));
  }

  /** Without the flag. */
  private static Bytes bare(SigningPair key, BodyHash hash) {
    SignatureEnvelope good = key.sign(hash);
    return Bytes.concat(good.signature(), good.publicKey());
  }

  private static Bytes flag(SigningPair key) {
    return Bytes.owning(new byte[] {(byte) key.scheme().flag()});
  }

  private static String withKey(SigningPair key, BodyHash hash, Bytes publicKey) {
    return Base64Text.encode(Bytes.concat(flag(key), key.sign(hash).signature(), publicKey));
  }

  private static Bytes offTheCurve(SignatureScheme scheme) {
    byte[] point = new byte[scheme.publicKeyBytes()];
    if (scheme == SignatureScheme.ED25519) {
      point[0] = NO_COORDINATE;
    } else {
      point[0] = 2;
      point[point.length - 1] = NO_COORDINATE;
    }
    return Bytes.owning(point);
  }

  private static Bytes withOtherS(SignatureScheme scheme, Bytes signature) {
    Bytes r = signature.slice(0, SIGNATURE_BYTES / 2);
    Bytes s = signature.slice(SIGNATURE_BYTES / 2, SIGNATURE_BYTES);
    Bytes other =
        switch (scheme) {
          // Little-endian; s is less than L, so that the sum still has its 32 bytes.
          case ED25519 -> backwards(CompactEcdsa.fixed(number(backwards(s)).add(ED25519_ORDER)));
          case SECP256K1 -> CompactEcdsa.fixed(Secp256k1.order().subtract(number(s)));
          case SECP256R1 -> CompactEcdsa.fixed(Secp256r1.order().subtract(number(s)));
        };
    return Bytes.concat(r, other);
  }

  private static BigInteger number(Bytes bigEndian) {
    return new BigInteger(1, bigEndian.content());
  }

  private static Bytes backwards(Bytes bytes) {
    byte[] turned = new byte[bytes.length()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) bytes.at(turned.length - 1 - i);
    }
    return Bytes.owning(turned);
  }
}
