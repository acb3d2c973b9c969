package dev.sealcheck.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {

  @TempDir Path folder;

  @Test
  void createsAKeyOnceThatOnlyItsOwnerCanRead() throws Exception {
    Path file = folder.resolve("key.pem");
    SigningKey created = SigningKeyFile.readOrCreate(file, new SecureRandom());
    assertThat(SigningKeyFile.readOrCreate(file, new SecureRandom()).address())
        .isEqualTo(created.address());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesWhatTheJdkReads() throws Exception {
    Path file = folder.resolve("key.pem");
    SigningKeyFile.readOrCreate(file, new SecureRandom());
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    assertThat(
            KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)))
                .getAlgorithm())
        .isEqualTo("EdDSA");
  }

  @Test
  void refusesAnyOtherFileNamingItButNotItsContent() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.pem"), "marker-content");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SigningKeyFile.read(file))
        .withMessageContaining("bad.pem")
        .withMessageNotContaining("marker-content");
  }
}
