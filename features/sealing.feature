Feature: Sealing
  Key agreement, derivation and authenticated encryption (docs/PROTOCOL.md section 3).

  Rule: Request and answer are sealed under X25519, HKDF-SHA-256 and AES-256-GCM

    @ENC-01 @must @core
    Scenario: A chat request is answered under the same key and salt
      When the client sends a chat request and opens the answer
      Then the plaintext is a chat completion

  Rule: Each answer has a fresh nonce

    @ENC-02 @must @core
    Scenario: Many answers
      When the client has many chats answered
      Then no two answers share a nonce, and none has its request's

  Rule: Each event of a stream has a nonce of its own

    @ENC-03 @must @hardened
    Scenario: A stream of many events
      When the client has a chat streamed
      Then each event has a nonce of its own

  Rule: A changed bit is refused

    @ENC-04 @must @core
    Scenario Outline: One bit of the <field> is flipped
      Given a sealed chat request
      But one bit of its <field> is flipped
      When the client sends it
      Then it is refused as undecryptable

      Examples:
        | field      |
        | ciphertext |
        | tag        |
        | nonce      |
        | salt       |
        | client key |
