package dev.sealcheck.conformance.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.conformance.attestation.AllowList;
import dev.sealcheck.conformance.attestation.TrustedRoot;
import dev.sealcheck.conformance.client.Bytes;
import java.util.Optional;
import java.util.function.Function;

/** Turns what a profile says of evidence and rotation into values. */
final class AttestationReader {

  /** A seed that can be guessed lets anybody sign for the suite's own nodes. */
  private static final int LEAST_SEED_BYTES = 16;

  private final JsonNode attestation;
  private final JsonNode rotation;
  private final NamedFiles files;

  AttestationReader(JsonNode profile, NamedFiles files) {
    this.attestation = profile.path("attestation");
    this.rotation = profile.path("rotation");
    this.files = files;
  }

  /**
   * What is said.
   *
   * @throws ProfileException if a file is missing or wrong, or two roots are named
   */
  Attestation read() {
    Optional<TrustedRoot> real = read("root", TrustedRoot::named);
    Optional<TrustedRoot> emulated = read("insecure_emulated_root", TrustedRoot::insecureEmulated);
    if (real.isPresent() && emulated.isPresent()) {
      throw new ProfileException("attestation: one root, real or emulated");
    }
    return new Attestation(
        real.or(() -> emulated),
        read("allow_list", AllowList::parse),
        read("scripted_seed_file", AttestationReader::seed),
        rotation(),
        false);
  }

  private Optional<RotationAccess> rotation() {
    if (rotation.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new RotationAccess(
            ProfileReader.uri("rotation.url", rotation.get("url").textValue()),
            Optional.ofNullable(rotation.path("token_file").textValue())
                .map(file -> files.token("rotation.token_file", file)),
            rotation.get("model").textValue()));
  }

  private <T> Optional<T> read(String field, Function<Bytes, T> reading) {
    String key = "attestation." + field;
    return Optional.ofNullable(attestation.path(field).textValue())
        .map(
            file -> {
              try {
                return reading.apply(files.bytes(key, file));
              } catch (IllegalArgumentException e) {
                throw new ProfileException(key + ": " + e.getMessage());
              }
            });
  }

  private static Bytes seed(Bytes content) {
    if (content.length() < LEAST_SEED_BYTES) {
      throw new IllegalArgumentException(
          "a seed has at least " + LEAST_SEED_BYTES + " bytes, got " + content.length());
    }
    return content;
  }
}
