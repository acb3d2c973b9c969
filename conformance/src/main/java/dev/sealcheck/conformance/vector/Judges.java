package dev.sealcheck.conformance.vector;

import java.util.Map;

/** Who works out which type of group. */
final class Judges {
  private static final Map<String, Judge> BY_TYPE =
      Map.ofEntries(
          Map.entry("XdhComp", SealJudges::agreement),
          Map.entry("HkdfTest", SealJudges::hkdf),
          Map.entry("DerivationTest", SealJudges::derivation),
          Map.entry("AeadTest", SealJudges::aead),
          Map.entry("HashTest", HashJudges::blake2b),
          Map.entry("Blake3Test", HashJudges::blake3),
          Map.entry("GpuNonceTest", HashJudges::gpuNonce),
          Map.entry("EvidencePutTest", HashJudges::evidencePut),
          Map.entry("EddsaVerify", SignatureJudges::eddsa),
          Map.entry("EcdsaP1363Verify", SignatureJudges::ecdsa),
          Map.entry("EnvelopeTest", SignatureJudges::envelope),
          Map.entry("Base64Test", Base64Judges::text),
          Map.entry("Base64SizeTest", Base64Judges::sized),
          Map.entry("NodeRequestTest", new RequestJudge()),
          Map.entry("AnswerTest", AnswerJudges::answer),
          Map.entry("StreamTest", AnswerJudges::stream));

  private Judges() {}

  /** The judge of a type, or null where nobody knows it. */
  static Judge of(String type) {
    return BY_TYPE.get(type);
  }
}
