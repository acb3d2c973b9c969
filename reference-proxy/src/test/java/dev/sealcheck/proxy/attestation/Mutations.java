package dev.sealcheck.proxy.attestation;

import java.util.Arrays;
import java.util.Random;

/** Small random changes of bytes; a mutation may happen to change nothing. */
final class Mutations {

  private Mutations() {}

  static byte[] of(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        for (int i = 0; i < 4; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 3 -> {
        int length = 1 + random.nextInt(100);
        int from = random.nextInt(bytes.length - length);
        int to = random.nextInt(bytes.length - length);
        System.arraycopy(good, from, bytes, to, length);
      }
      default -> {
        int at = random.nextInt(bytes.length);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
        System.arraycopy(good, at, longer, longer.length - (good.length - at), good.length - at);
        bytes = longer;
      }
    }
    return bytes;
  }
}
