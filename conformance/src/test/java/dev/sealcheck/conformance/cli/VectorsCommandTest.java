package dev.sealcheck.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsCommandTest {
  private static final Path WYCHEPROOF = Path.of("src", "test", "resources", "wycheproof");
  private static final String ED25519_TEST_2 =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
  private static final String P256_SAMPLE =
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
          + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void agreesWithTheFilesOfTheSuite() {
    assertThat(run("vectors", "verify")).isZero();
    assertThat(out.toString())
        .containsPattern("request +457 +457 +0 +0 +0")
        .contains("cases agree.");
  }

  @Test
  void decidesWhatWycheproofLeavesOpenAndCountsIt() {
    assertThat(
            verify(
                WYCHEPROOF.resolve("x25519_test.json"),
                WYCHEPROOF.resolve("hkdf_sha256_test.json")))
        .isZero();
    assertThat(out.toString())
        .containsPattern("x25519_test +518 +264 +254 +0 +0")
        .containsPattern("hkdf_sha256_test +86 +86 +0 +0 +0")
        .contains("decided, 31: a key of small order is refused")
        .contains("All 604 cases agree.");
  }

  @Test
  void countsWhatIsBeyondTheProtocolAndWhatIsStricterThere() throws IOException {
    Path gcm =
        file(
            "gcm",
            group(
                "\"type\":\"AeadTest\",\"keySize\":128,\"ivSize\":96,\"tagSize\":128",
                aead("valid"),
                aead("invalid")),
            group(
                "\"type\":\"AeadTest\",\"keySize\":256,\"ivSize\":64,\"tagSize\":128",
                aead("valid")),
            group(
                "\"type\":\"AeadTest\",\"keySize\":256,\"ivSize\":96,\"tagSize\":96",
                aead("valid")));
    Path unknown = file("unknown", group("\"type\":\"RsaTest\"", "\"result\":\"valid\""));

    assertThat(verify(gcm, unknown)).isZero();
    assertThat(out.toString())
        .containsPattern("gcm +4 +0 +0 +4 +0")
        .contains("gcm, out of scope, 2: AES keys other than 256 bits")
        .contains("gcm, out of scope, 1: nonces other than 96 bits")
        .contains("gcm, out of scope, 1: tags other than 128 bits")
        .contains("unknown, out of scope, 1: groups of type RsaTest")
        .contains("No case is within the protocol.");
  }

  @Test
  void readsTheShapesOfEd25519AndEcdsa() throws IOException {
    String edwards =
        group(
            "\"type\":\"EddsaVerify\",\"publicKey\":{\"curve\":\"edwards25519\",\"pk\":"
                + "\"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c\"}",
            "\"msg\":\"72\",\"sig\":\"" + ED25519_TEST_2 + "\",\"result\":\"valid\"",
            "\"msg\":\"72\",\"sig\":\"" + ED25519_TEST_2 + "00\",\"result\":\"invalid\"",
            "\"msg\":\"73\",\"sig\":\"" + ED25519_TEST_2 + "\",\"result\":\"invalid\"");
    String key =
        "\"type\":\"EcdsaP1363Verify\",\"publicKey\":{\"curve\":\"%s\",\"uncompressed\":\"04"
            + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299\"},\"sha\":\"%s\"";
    String sample = "\"msg\":\"73616d706c65\",\"sig\":\"" + P256_SAMPLE + "\",\"result\":\"valid\"";
    Path file =
        file(
            "signatures",
            edwards,
            group(key.formatted("secp256r1", "SHA-256"), sample),
            group(key.formatted("secp256r1", "SHA-512"), sample),
            group(key.formatted("secp384r1", "SHA-256"), sample));

    assertThat(verify(file)).isZero();
    assertThat(out.toString())
        .containsPattern("signatures +6 +3 +1 +2 +0")
        .contains("decided, 1: s above half of the order is refused")
        .contains("out of scope, 1: ECDSA with another hash than SHA-256")
        .contains("out of scope, 1: ECDSA on curves other than");
  }

  @Test
  void namesEachCaseThatDiffersAndEndsWithOne() throws IOException {
    String original = Files.readString(WYCHEPROOF.resolve("hkdf_sha256_test.json"));
    Path spoilt = folder.resolve("spoilt.json");
    Files.writeString(spoilt, original.replaceFirst("3cb25f25", "3cb25f24"));

    assertThat(verify(spoilt)).isEqualTo(1);
    assertThat(out.toString())
        .contains("spoilt:1, RFC 5869: expected valid, came another output")
        .contains("1 cases differ.");
  }

  @Test
  void endsWithTwoWhereAFileCannotBeUsed() throws IOException {
    Path empty = folder.resolve("empty.json");
    Files.writeString(empty, "{\"numberOfTests\":0,\"testGroups\":[]}");
    Path fewer = file("fewer", group("\"type\":\"XdhComp\"", "\"result\":\"valid\""));
    Files.writeString(
        fewer, Files.readString(fewer).replace("\"numberOfTests\":1", "\"numberOfTests\":2"));

    assertThat(verify(folder.resolve("none.json"))).isEqualTo(2);
    assertThat(verify(empty)).isEqualTo(2);
    assertThat(verify(fewer)).isEqualTo(2);
    assertThat(err.toString())
        .contains("none.json cannot be read")
        .contains("empty has 0 cases")
        .contains("fewer has 1 cases and announces 2");
  }

  @Test
  void showsACaseStepByStepOnTheTerminalOrOnAPage() throws IOException {
    Path page = folder.resolve("page.html");

    assertThat(run("vectors", "show", "seal:6")).isZero();
    assertThat(out.toString())
        .contains("2. Open", "NIST CAVP", "hex 7789b41cb3ee548814ca0b388c10b343", "agrees");
    assertThat(run("vectors", "show", "seal:6", "--html", page.toString())).isZero();
    assertThat(page).content().contains("<h2>2. Open</h2>", "7789b41cb3ee548814ca0b388c10b343");
  }

  @Test
  void endsWithTwoWhereThereIsNoSuchCase() {
    assertThat(run("vectors", "show", "seal")).isEqualTo(2);
    assertThat(run("vectors", "show", "seals:1")).isEqualTo(2);
    assertThat(run("vectors", "show", "seal:1000")).isEqualTo(2);
    assertThat(err.toString())
        .contains("like request:1", "no file of vectors is called seals", "has no case 1000");
  }

  private static String aead(String result) {
    String sixteen = "00".repeat(16);
    return "\"key\":\"%s\",\"iv\":\"00\",\"aad\":\"\",\"msg\":\"\",\"ct\":\"\",\"tag\":\"%s\",\"result\":\"%s\""
        .formatted(sixteen, sixteen, result);
  }

  private static String group(String fields, String... tests) {
    return "{" + fields + ",\"tests\":[{" + String.join("},{", tests) + "}]}";
  }

  private Path file(String name, String... groups) throws IOException {
    String joined = String.join(",", groups);
    int tests = joined.split("\"result\"", -1).length - 1;
    Path file = folder.resolve(name + ".json");
    Files.writeString(file, "{\"numberOfTests\":" + tests + ",\"testGroups\":[" + joined + "]}");
    return file;
  }

  private int verify(Path... files) {
    String[] words = new String[files.length + 2];
    words[0] = "vectors";
    words[1] = "verify";
    for (int i = 0; i < files.length; i++) {
      words[i + 2] = files[i].toString();
    }
    return run(words);
  }

  private int run(String... words) {
    return SealcheckMain.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
  }
}
