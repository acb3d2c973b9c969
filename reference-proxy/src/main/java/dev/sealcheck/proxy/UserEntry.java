package dev.sealcheck.proxy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sealcheck.proxy.account.TokenHash;
import dev.sealcheck.proxy.account.User;
import dev.sealcheck.proxy.account.UserId;

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
    @JsonProperty("requests_per_minute") Long requestsPerMinute) {

  User toUser() {
    return new User(new UserId(id), TokenHash.ofHex(tokenSha256), balance);
  }
}
