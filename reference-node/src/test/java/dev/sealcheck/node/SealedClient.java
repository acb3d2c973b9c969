package dev.sealcheck.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.protocol.crypto.AgreementKeyPair;
import dev.sealcheck.protocol.crypto.SealingKey;
import dev.sealcheck.protocol.crypto.UndecryptableException;
import dev.sealcheck.protocol.hash.Blake2b256;
import dev.sealcheck.protocol.signature.SigningKey;
import dev.sealcheck.protocol.wire.Base64Text;
import dev.sealcheck.protocol.wire.BodyHash;
import dev.sealcheck.protocol.wire.ConfidentialPath;
import dev.sealcheck.protocol.wire.MalformedMessageException;
import dev.sealcheck.protocol.wire.Nonce;
import dev.sealcheck.protocol.wire.Salt;
import dev.sealcheck.protocol.wire.SealedMessage;
import dev.sealcheck.protocol.wire.StrictJson;
import dev.sealcheck.protocol.wire.X25519PublicKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;

/** Client and proxy in one: seals chats for a node, signs and sends them. */
final class SealedClient {

  static final String MODEL = "test/chat";

  final SigningKey proxyKey = SigningKey.generateEd25519(new SecureRandom());
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SecureRandom random = new SecureRandom();

  /** A chat as it goes over the wire, and what opens its answer. */
  static final class Sealed {
    private final byte[] envelope;
    private final String signature;
    private final SealingKey key;

    Sealed(byte[] envelope, String signature, SealingKey key) {
      this.envelope = envelope;
      this.signature = signature;
      this.key = key;
    }

    byte[] open(byte[] answer) throws MalformedMessageException, UndecryptableException {
      SealedMessage message = SealedMessage.parse(answer);
      return key.open(message.nonce(), message.ciphertext());
    }
  }

  Sealed seal(X25519PublicKey nodeKey, String prompt, boolean stream) throws Exception {
    ObjectNode chat = StrictJson.newObject();
    chat.put("model", MODEL).put("stream", stream).put("max_tokens", 16);
    chat.putArray("messages").addObject().put("role", "user").put("content", prompt);
    byte[] body = StrictJson.write(chat);
    AgreementKeyPair pair = AgreementKeyPair.generate(random);
    Salt salt = Salt.copyOf(randomBytes(Salt.SIZE_IN_BYTES));
    Nonce nonce = Nonce.copyOf(randomBytes(Nonce.SIZE_IN_BYTES));
    SealingKey key = pair.derive(nodeKey, salt);
    BodyHash hash = Blake2b256.of(body);
    ObjectNode envelope = StrictJson.newObject();
    envelope.put("ciphertext", Base64Text.encode(key.seal(nonce, body).lend()));
    envelope.put("client_dh_public_key", pair.publicKey().bytes().toBase64());
    envelope.put("node_dh_public_key", nodeKey.bytes().toBase64());
    envelope.put("nonce", nonce.bytes().toBase64());
    envelope.put("salt", salt.bytes().toBase64());
    envelope.put("plaintext_body_hash", hash.bytes().toBase64());
    envelope.put("stack_small_id", 1);
    envelope.put("model_name", MODEL);
    envelope.put("stream", stream);
    return new Sealed(StrictJson.write(envelope), proxyKey.sign(hash).toText(), key);
  }

  <T> CompletableFuture<HttpResponse<T>> send(
      int port, Sealed sealed, HttpResponse.BodyHandler<T> handler) {
    return http.sendAsync(
        HttpRequest.newBuilder(uri(port, ConfidentialPath.CHAT_COMPLETIONS.path()))
            .header("Content-Type", "application/json")
            .header("X-Signature", sealed.signature)
            .POST(HttpRequest.BodyPublishers.ofByteArray(sealed.envelope))
            .build(),
        handler);
  }

  /** Uses a control listener. */
  HttpResponse<String> control(URI url, String token, String json) throws Exception {
    return http.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(json, UTF_8))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(URI url) throws Exception {
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
