Feature: Hashes
  BLAKE2b-256 over the exact plaintext bytes (docs/PROTOCOL.md section 4).

  Rule: A wrong hash of the body is refused

    @HASH-02 @must @core
    Scenario: The body hash is of another body
      Given a sealed chat request
      But its body hash is of another body
      When the client sends it
      Then it is refused as undecryptable

    @HASH-02 @must @core
    Scenario: One bit of the body hash is flipped
      Given a sealed chat request
      But one bit of its body hash is flipped
      When the client sends it
      Then it is refused as undecryptable

  Rule: The response hash is that of the decrypted bytes

    @HASH-03 @must @core
    Scenario: Of an answer
      When the client has a chat answered
      Then its hash is that of the decrypted bytes

    @HASH-03 @must @core
    Scenario: Of each event of a stream
      When the client has a chat streamed
      Then the hash of each event is that of its decrypted bytes
