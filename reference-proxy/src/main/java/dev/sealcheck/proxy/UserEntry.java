package dev.sealcheck.proxy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;
import java.io.IOException;
import java.util.Optional;

/**
 * A user of the configuration file, which never holds the token itself.
 *
 * @param id greater than zero
 * @param tokenSha256 64 hex digits of the SHA-256 of the token's UTF-8 bytes
 * @param balance what the user can spend, in balance units
 * @param requestsPerMinute a rate limit of the user's own, in place of the general one
 */
record UserEntry(
    @JsonProperty(required = true) long id,
    @JsonProperty(value = "token_sha256", required = true) String tokenSha256,
    @JsonProperty(required = true) long balance,
    @JsonProperty("requests_per_minute") @JsonDeserialize(using = OwnLimit.class)
        Optional<Long> requestsPerMinute) {

  User toUser() {
    return new User(new UserId(id), TokenHash.ofHex(tokenSha256), balance);
  }

  /** Configuration is read with nulls refused, so a field that may be absent needs a value then. */
  static final class OwnLimit extends JsonDeserializer<Optional<Long>> {

    @Override
    public Optional<Long> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Optional.of(context.readValue(parser, Long.class));
    }

    @Override
    public Optional<Long> getAbsentValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
