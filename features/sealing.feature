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

    @ENC-04 @must @core
    Scenario: Nothing is charged for it
      Given a user whose every unit is locked
      When the client sends a chat request that cannot be opened on one of these locks
      Then it fails
      And nothing is charged, and its lock is free again

  Rule: All requests that cannot be opened get one answer

    @ENC-05 @must @hardened
    Scenario: Every cause for which a request cannot be opened
      Given a sealed chat request on the only lock of its user
      But it cannot be opened for every possible cause
      When the client sends it, and then an unharmed one on the same lock
      Then all ways in which it cannot be opened get the same answer
      And each way has the same effect on its lock

  Rule: A client key of small order is refused

    @ENC-06 @must @hardened
    Scenario: A request is sealed under the secret that such keys lead to
      Given a sealed chat request
      But its client key is of small order
      When the client sends it
      Then it is refused as undecryptable
