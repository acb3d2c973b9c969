package dev.sealcheck.conformance.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.BodyHash;
import dev.sealcheck.conformance.client.Bytes;
import dev.sealcheck.conformance.client.Derivation;
import dev.sealcheck.conformance.client.Nonce;
import dev.sealcheck.conformance.client.SignatureEnvelope;
import dev.sealcheck.conformance.client.SigningPair;
import dev.sealcheck.conformance.client.StrictJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Defects in one place of the protocol each, as short as a lambda. */
final class Tampers {

  private Tampers() {}

  /** Changes nothing. */
  static Tamper none() {
    return new Tamper() {};
  }

  static Tamper lockRequest(Consumer<ObjectNode> change) {
    return new Tamper() {
      @Override
      public void lockRequest(ObjectNode request) {
        change.accept(request);
      }
    };
  }

  static Tamper lockAnswer(Consumer<ObjectNode> change) {
    return new Tamper() {
      @Override
      public void lockAnswer(ObjectNode grant) {
        change.accept(grant);
      }
    };
  }

  static Tamper overlooking(Harm... overlooked) {
    Set<Harm> harms = Set.of(overlooked);
    return new Tamper() {
      @Override
      public boolean overlooks(Harm harm) {
        return harms.contains(harm);
      }
    };
  }

  static Tamper taking(int maxBodyBytes) {
    return new Tamper() {
      @Override
      public int maxBodyBytes() {
        return maxBodyBytes;
      }
    };
  }

  static Tamper refusing(Predicate<Intercepted> refused) {
    return new Tamper() {
      @Override
      public boolean refuses(Intercepted request) {
        return refused.test(request);
      }
    };
  }

  static Tamper closingOn(Predicate<Call> refused) {
    return new Tamper() {
      @Override
      public void before(Call call) throws IOException {
        if (refused.test(call)) {
          throw new IOException("the call is refused");
        }
      }
    };
  }

  static Tamper overlookingRefusals(int status) {
    return new Tamper() {
      @Override
      public boolean overlooks(Reply refusal) {
        return refusal.status() == status;
      }
    };
  }

  static Tamper spendingLocksOn(Harm spent) {
    return new Tamper() {
      @Override
      public boolean spendsLockOn(Harm harm) {
        return harm == spent;
      }
    };
  }

  static Tamper streaming(boolean whateverIsAsked) {
    return new Tamper() {
      @Override
      public boolean streams(boolean asked) {
        return whateverIsAsked;
      }
    };
  }

  static Tamper key(BiFunction<Derivation, Intercepted, Bytes> key) {
    return new Tamper() {
      @Override
      public Bytes key(Derivation client, Intercepted request) {
        return key.apply(client, request);
      }
    };
  }

  static Tamper nonce(BiFunction<Nonce, List<Nonce>, Nonce> nonce) {
    return new Tamper() {
      @Override
      public Nonce nonce(Nonce request, List<Nonce> before) {
        return nonce.apply(request, before);
      }
    };
  }

  static Tamper hash(Function<Bytes, BodyHash> hash) {
    return new Tamper() {
      @Override
      public BodyHash hash(Bytes plaintext) {
        return hash.apply(plaintext);
      }
    };
  }

  static Tamper signature(BiFunction<SigningPair, BodyHash, SignatureEnvelope> signature) {
    return new Tamper() {
      @Override
      public SignatureEnvelope signature(SigningPair signer, BodyHash hash) {
        return signature.apply(signer, hash);
      }
    };
  }

  static Tamper plaintext(Consumer<ObjectNode> change) {
    return new Tamper() {
      @Override
      public Optional<Bytes> plaintext(Bytes fromNode) {
        ObjectNode text = StrictJson.parseObject(fromNode);
        change.accept(text);
        return Optional.of(StrictJson.write(text));
      }
    };
  }

  static Tamper leavingOut(Predicate<ObjectNode> chunk) {
    return new Tamper() {
      @Override
      public Optional<Bytes> plaintext(Bytes fromNode) {
        return Optional.of(fromNode).filter(text -> !chunk.test(StrictJson.parseObject(text)));
      }
    };
  }

  static Tamper outside(Consumer<ObjectNode> change) {
    return new Tamper() {
      @Override
      public void sealed(ObjectNode answer) {
        change.accept(answer);
      }
    };
  }

  static Tamper frame(UnaryOperator<String> frame) {
    return new Tamper() {
      @Override
      public String frame(String json) {
        return frame.apply(json);
      }
    };
  }

  static Tamper holdingBack() {
    return new Tamper() {
      @Override
      public boolean holdsBack() {
        return true;
      }
    };
  }

  static Tamper open(BiFunction<Call, Reply, Reply> change) {
    return new Tamper() {
      @Override
      public Reply open(Call call, Reply answer) {
        return change.apply(call, answer);
      }
    };
  }
}
