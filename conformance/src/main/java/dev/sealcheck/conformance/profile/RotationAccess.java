package dev.sealcheck.conformance.profile;

import dev.sealcheck.conformance.exchange.BearerToken;
import java.net.URI;
import java.util.Optional;

/**
 * How the suite has a node of the target change its key.
 *
 * @param url where a POST of {@code {}} brings the change about; it is answered once that is done
 * @param token what that address asks for; empty for none
 * @param model served by that node alone, so that nobody else's requests meet the change
 */
public record RotationAccess(URI url, Optional<BearerToken> token, String model) {}
