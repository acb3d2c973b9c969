Feature: Hashes
  BLAKE2b-256 over the exact plaintext bytes (docs/PROTOCOL.md section 4).

  Rule: The body hash is that of the exact bytes

    @HASH-01 @must @core
    Scenario: A body is written as few would
      Given a sealed chat request
      But its body is written as few would
      When the client sends it and opens the answer
      Then it is answered

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

    @HASH-02 @must @core
    Scenario: Nothing is charged for it
      Given a user whose every unit is locked
      When the client sends a chat request with another body's hash on one of these locks
      Then it fails
      And nothing is charged, and its lock is free again

  Rule: The response hash is that of the decrypted bytes

    @HASH-03 @must @core
    Scenario: Of an answer
      When the client has a chat answered
      Then its hash is that of the decrypted bytes

    @HASH-03 @must @core
    Scenario: Of each event of a stream
      When the client has a chat streamed
      Then the hash of each event is that of its decrypted bytes

    @HASH-03 @must @core
    Scenario: Of an answer of an engine that writes as few would
      Given an engine that writes its answers as few would
      When the client has a chat answered
      Then its hash is that of the decrypted bytes
      And the engine's order of keys, its numbers and its letters are kept

    @HASH-03 @must @core
    Scenario: Of the events of an engine that writes as few would
      Given an engine that writes its answers as few would
      When the client has a chat streamed
      Then the hash of each event is that of its decrypted bytes
      And the engine's order of keys, its numbers and its letters are kept
