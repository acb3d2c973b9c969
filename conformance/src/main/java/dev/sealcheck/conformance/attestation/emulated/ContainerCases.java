package dev.sealcheck.conformance.attestation.emulated;

import dev.sealcheck.conformance.client.Bytes;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Good evidence in a container that is broken, or far larger than it looks. */
final class ContainerCases {
  /** About 32 MiB of spaces in about 32 KiB. */
  private static final int BOMB_MATCHES = 130_056;

  private static final int ZLIB_HEAD_BYTES = 2;
  private static final int CHECKSUM_BYTES = 4;

  private ContainerCases() {}

  static List<EvidenceCase> all() {
    return List.of(
        stream(
            "stored-zlib",
            "A stream without compression is a stream.",
            Wrong.NOTHING,
            PaddedZlib::stored),
        stream(
            "zlib-bomb",
            "Good evidence with 32 MiB of spaces before its last bracket, in 42 KiB: only a cap"
                + " tells it from good evidence.",
            Wrong.CONTAINER,
            json ->
                PaddedZlib.padded(
                    json.slice(0, json.length() - 1),
                    BOMB_MATCHES,
                    json.slice(json.length() - 1, json.length()))),
        stream("not-compressed", "The JSON as it is.", Wrong.CONTAINER, UnaryOperator.identity()),
        stream("empty-container", "No byte at all.", Wrong.CONTAINER, json -> Bytes.empty()),
        stream(
            "raw-deflate",
            "The stream without zlib's head and checksum.",
            Wrong.CONTAINER,
            json -> {
              Bytes stream = PaddedZlib.stored(json);
              return stream.slice(ZLIB_HEAD_BYTES, stream.length() - CHECKSUM_BYTES);
            }),
        stream(
            "without-checksum",
            "The stream ends before its checksum.",
            Wrong.CONTAINER,
            json -> {
              Bytes stream = PaddedZlib.stored(json);
              return stream.slice(0, stream.length() - CHECKSUM_BYTES);
            }),
        stream(
            "wrong-checksum",
            "One bit of the checksum is turned over.",
            Wrong.CONTAINER,
            json -> {
              Bytes stream = PaddedZlib.stored(json);
              return stream.flippedBit(8 * (stream.length() - 1));
            }),
        stream(
            "bytes-behind-stream",
            "Something follows the end of the stream.",
            Wrong.CONTAINER,
            json -> Bytes.concat(PaddedZlib.stored(json), Bytes.utf8("more"))),
        stream(
            "truncated-json",
            "The array is not closed.",
            Wrong.CONTAINER,
            json -> PaddedZlib.stored(json.slice(0, json.length() - 1))),
        stream(
            "object-not-array",
            "One entry where an array of entries belongs.",
            Wrong.CONTAINER,
            json -> PaddedZlib.stored(json.slice(1, json.length() - 1))),
        stream(
            "unknown-evidence-type",
            "A kind of device that nobody knows.",
            Wrong.CONTAINER,
            json -> PaddedZlib.stored(replaced(json, "\"device\"", "\"cpu\""))));
  }

  private static Bytes replaced(Bytes json, String old, String other) {
    return Bytes.utf8(json.toLenientUtf8().replace(old, other));
  }

  private static EvidenceCase stream(
      String name, String comment, Set<String> wrong, UnaryOperator<Bytes> container) {
    return new EvidenceCase(
        name,
        comment,
        wrong,
        setting -> {
          Exhibit good = Exhibit.of(setting, List.of(setting.entry()));
          return good.in(container.apply(good.evidence().json()));
        });
  }
}
