package dev.sealcheck.conformance.node;

import java.util.Optional;

/**
 * A call to stop a stream, and what came of it.
 *
 * @param requestId the stream that it names
 * @param signer the address of who validly signed the stop, empty where nobody did
 * @param status 200 stopped, 401 not by the stream's proxy, 404 no such stream is running
 */
public record StopCall(Optional<String> requestId, Optional<String> signer, int status) {}
