package dev.sealcheck.conformance.step;

import dev.sealcheck.conformance.client.Base64Text;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Envelope;
import dev.sealcheck.conformance.client.RequestRecipe;
import dev.sealcheck.conformance.client.SealedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Other spellings of a base64 value, and values of another size (RFC 4648 sections 3.3, 3.5 and 5;
 * docs/PROTOCOL.md section 2).
 */
final class Base64Harms {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** One sealing in three has both signs somewhere; this many without any do not happen. */
  private static final int SEALINGS = 200;

  private Base64Harms() {}

  /** Every departure that changes the text of {@code field}, each with words for it. */
  static Map<String, Harm> of(String field) {
    Map<String, Harm> harms = new LinkedHashMap<>();
    if (hasSpareBits(field)) {
      harms.put(
          "without padding", respelled(field, text -> text.replace("=", ""), Base64Harms::padded));
      harms.put(
          "with spare bits set", respelled(field, Base64Harms::withSpareBits, Base64Harms::padded));
    }
    harms.put("with padding too much", respelled(field, text -> text + "=", Base64Harms::any));
    if (!field.equals("node_dh_public_key")) {
      // The node's key is what it is; the others are made anew until they have such a sign.
      harms.put("in the URL alphabet", respelled(field, Base64Harms::url, Base64Harms::signed));
    }
    harms.put("with a space inside", respelled(field, text -> inside(text, " "), Base64Harms::any));
    harms.put(
        "with a line end inside", respelled(field, text -> inside(text, "\r\n"), Base64Harms::any));
    harms.put("with a line end behind", respelled(field, text -> text + "\n", Base64Harms::any));
    harms.put("in hexadecimal", resized(field, bytes -> Bytes.utf8(bytes.toHex())));
    harms.put("empty", respelled(field, text -> "", Base64Harms::any));
    if (field.equals("ciphertext")) {
      harms.put("of fifteen bytes", resized(field, bytes -> bytes.slice(0, 15)));
      harms.remove("in hexadecimal");
    } else {
      harms.put("a byte short", resized(field, bytes -> bytes.slice(0, bytes.length() - 1)));
      harms.put("a byte long", resized(field, bytes -> Bytes.concat(bytes, Bytes.hex("00"))));
    }
    return harms;
  }

  /** Twelve bytes make sixteen characters without a rest. */
  private static boolean hasSpareBits(String field) {
    return !field.equals("nonce");
  }

  private static Harm resized(String field, UnaryOperator<Bytes> change) {
    return Harm.ofEnvelope(envelope -> envelope.mapped(field, change));
  }

  private static Harm respelled(String field, UnaryOperator<String> change, Predicate<String> fit) {
    return Harm.ofSealing(
        (recipe, lock) ->
            Stream.iterate(recipe, Base64Harms::longer)
                .limit(SEALINGS)
                .map(one -> one.seal(lock))
                .filter(request -> fit.test(text(request.envelope(), field)))
                .findFirst()
                .map(request -> respelled(request, field, change))
                .orElseThrow(() -> new IllegalStateException("no fitting value of " + field)));
  }

  private static SealedRequest respelled(
      SealedRequest request, String field, UnaryOperator<String> change) {
    return request.tampered(e -> e.with(field, change.apply(text(e, field))));
  }

  /** The same request with one more blank in its body: another rest when divided by three. */
  private static RequestRecipe longer(RequestRecipe recipe) {
    String body = recipe.plaintext().toLenientUtf8();
    return recipe.withPlaintext(Bytes.utf8("{ " + body.substring(1)));
  }

  private static String text(Envelope envelope, String field) {
    return Base64Text.encode(envelope.decoded(field));
  }

  private static boolean any(String text) {
    return !text.isEmpty();
  }

  private static boolean padded(String text) {
    return text.endsWith("=");
  }

  private static boolean signed(String text) {
    return text.contains("+") && text.contains("/");
  }

  private static String url(String text) {
    return text.replace('+', '-').replace('/', '_');
  }

  private static String inside(String text, String what) {
    return text.substring(0, 4) + what + text.substring(4);
  }

  /** The last character before the padding has two or four bits that no byte uses. */
  private static String withSpareBits(String text) {
    int last = text.indexOf('=') - 1;
    char other = ALPHABET.charAt(ALPHABET.indexOf(text.charAt(last)) + 1);
    return text.substring(0, last) + other + text.substring(last + 1);
  }
}
