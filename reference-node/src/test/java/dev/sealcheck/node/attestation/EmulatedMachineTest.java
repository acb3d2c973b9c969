package dev.sealcheck.node.attestation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sealcheck.protocol.attestation.DeviceEvidence;
import dev.sealcheck.protocol.attestation.DeviceKind;
import dev.sealcheck.protocol.attestation.EvidenceSet;
import dev.sealcheck.protocol.attestation.GpuNonce;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the devices write with the JDK alone, at the offsets of docs/ATTESTATION.md. */
class EmulatedMachineTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final EmulatedAuthority AUTHORITY = EmulatedAuthority.fresh(RANDOM);
  private static final GpuNonce NONCE = GpuNonce.copyOf(new byte[GpuNonce.SIZE_IN_BYTES]);
  private static final int SIGNATURE_SIZE_IN_BYTES = 96;

  @Test
  void writesTheReportOfASingleGpuByteForByte() throws Exception {
    byte[] report = single().report();
    assertThat(report).hasSize(37 + 8 + 3520 + 32 + 2 + 422 + SIGNATURE_SIZE_IN_BYTES);
    assertThat(Arrays.copyOf(report, 4)).containsExactly(0x11, 0xe0, 0x01, 0xff);
    assertThat(Arrays.copyOfRange(report, 4, 36)).isEqualTo(NONCE.toArray());
    assertThat(report[36]).isZero();
    // 3520 is 0x000dc0 in three little-endian bytes.
    assertThat(Arrays.copyOfRange(report, 37, 45))
        .containsExactly(0x11, 0x60, 0, 0, 64, 0xc0, 0x0d, 0);
    for (int block = 0; block < 64; block++) {
      int at = 45 + block * 55;
      assertThat(Arrays.copyOfRange(report, at, at + 7))
          .containsExactly(block + 1, 1, 51, 0, 1, 48, 0);
    }
    int opaque = 45 + 3520 + 32;
    assertThat(ByteBuffer.wrap(report).order(ByteOrder.LITTLE_ENDIAN).getShort(opaque))
        .isEqualTo((short) 422);
    assertThat(Arrays.copyOfRange(report, opaque + 2, opaque + 14))
        .containsExactly(6, 0, 8, 0, 0x00, 0x9f, 0x00, 0x96, 0x01, 0, 0, 0);
  }

  @Test
  void signsWithTheLeafOfAChainOfFiveP384Certificates() throws Exception {
    DeviceEvidence device = single();
    List<X509Certificate> chain = chain(device.certificates());
    assertThat(chain).hasSize(5);
    assertThat(chain.get(4)).isEqualTo(chain(AUTHORITY.rootPem().getBytes(UTF_8)).get(0));
    for (X509Certificate certificate : chain) {
      assertThat(certificate.getSigAlgName()).isEqualTo("SHA384withECDSA");
      assertThat(certificate.getSubjectX500Principal().getName()).contains("EMULATED");
    }
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.get(4), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(chain.subList(0, 4)),
            parameters);
    byte[] report = device.report();
    int signed = report.length - SIGNATURE_SIZE_IN_BYTES;
    Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
    verifier.initVerify(chain.get(0));
    verifier.update(report, 0, signed);
    assertThat(verifier.verify(report, signed, SIGNATURE_SIZE_IN_BYTES)).isTrue();
  }

  @Test
  void namesItsFirmwareInTheLeafAsInTheReport() throws Exception {
    DeviceEvidence device = single();
    X509Certificate leaf = chain(device.certificates()).get(0);
    assertThat(leaf.getNonCriticalExtensionOIDs()).contains("2.23.133.5.4.1");
    byte[] fwid = EmulatedFirmware.fwid();
    byte[] extension = leaf.getExtensionValue("2.23.133.5.4.1");
    assertThat(Arrays.copyOfRange(extension, extension.length - 48, extension.length))
        .isEqualTo(fwid);
    assertThat(device.report()).containsSequence(fwid);
  }

  @Test
  void putsFourSwitchesBesideEightGpus() throws Exception {
    List<DeviceEvidence> devices = evidence(EmulatedMachine.of(AUTHORITY, 8, RANDOM));
    assertThat(devices.stream().filter(device -> device.kind() == DeviceKind.GPU)).hasSize(8);
    assertThat(devices.stream().filter(device -> device.kind() == DeviceKind.SWITCH)).hasSize(4);
    assertThat(devices.stream().map(device -> List.of(device.certificates())).distinct())
        .hasSize(12);
    for (DeviceEvidence device : devices) {
      assertThat(Arrays.copyOfRange(device.report(), 4, 36)).isEqualTo(NONCE.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 7, 9})
  void refusesAMachineThatDoesNotExist(int gpus) {
    assertThatThrownBy(() -> EmulatedMachine.of(AUTHORITY, gpus, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersTheSameNonceWithAnotherResponderNonceEachTime() throws Exception {
    EmulatedMachine machine = EmulatedMachine.of(AUTHORITY, 1, RANDOM);
    assertThat(evidence(machine).get(0).report()).isNotEqualTo(evidence(machine).get(0).report());
  }

  @Test
  void makesTheSameAuthorityFromTheSameSeedOnly() {
    String root = EmulatedAuthority.ofInsecureSeed(new byte[] {1}).rootPem();
    assertThat(EmulatedAuthority.ofInsecureSeed(new byte[] {1}).rootPem()).isEqualTo(root);
    assertThat(EmulatedAuthority.ofInsecureSeed(new byte[] {2}).rootPem()).isNotEqualTo(root);
    assertThat(EmulatedAuthority.fresh(RANDOM).rootPem())
        .isNotEqualTo(EmulatedAuthority.fresh(RANDOM).rootPem());
  }

  private static DeviceEvidence single() throws Exception {
    return evidence(EmulatedMachine.of(AUTHORITY, 1, RANDOM)).get(0);
  }

  private static List<DeviceEvidence> evidence(EmulatedMachine machine) throws Exception {
    return EvidenceSet.parse(machine.evidence(NONCE).inflate()).devices();
  }

  private static List<X509Certificate> chain(byte[] pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
