package dev.sealcheck.conformance.integration;

/** What a check may have done to an envelope before the man in the middle got it. */
enum Harm {
  /** It is whole. */
  NONE,
  /** No JSON object. */
  NO_ENVELOPE,
  /** A required field other than the stream flag is not there. */
  FIELD_MISSING,
  /** A field other than the stream flag has another JSON type, or is no canonical base64. */
  FIELD_OF_WRONG_TYPE,
  /** The stream flag is missing or null. */
  STREAM_ABSENT,
  /** The stream flag is there and no boolean. */
  STREAM_OF_WRONG_TYPE,
  /** It names another node key than that of the lock. */
  OTHER_NODE_KEY,
  /** The tag does not verify under the key that the envelope leads to. */
  DOES_NOT_OPEN,
  /** It opens to a body of another hash. */
  WRONG_HASH
}
