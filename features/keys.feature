Feature: Keys
  How the two X25519 keys of an envelope are read (docs/PROTOCOL.md section 3).

  Rule: A request names the node's current key

    @ENC-07 @must @core
    Scenario: Another node key is named than the request is sealed to
      Given a sealed chat request
      But it names another node key than it is sealed to
      When the client sends it
      Then it is refused as sealed to a stale key

    @ENC-07 @must @core
    Scenario: The request is sealed to another key, and names it
      Given a sealed chat request
      But it is sealed to another node key, which it names
      When the client sends it
      Then it is refused as sealed to a stale key

  Rule: The node's key is compared byte for byte

    @ENC-10 @should @hardened
    Scenario: The node key is named with its top bit set
      Given a sealed chat request
      But it names the node key with the top bit set
      When the client sends it
      Then it is refused as sealed to a stale key

  Rule: A client key is read as RFC 7748 says

    @ENC-08 @must @core
    Scenario: The top bit of the client key is set
      Given a sealed chat request
      But its client key has the top bit set
      When the client sends it and opens the answer
      Then it is answered

    @ENC-08 @must @core
    Scenario: The client key is not reduced modulo the field's prime
      Given a sealed chat request
      But its client key is not reduced
      When the client sends it and opens the answer
      Then it is answered

  Rule: Nothing that comes back repeats its request

    @ENC-09 @must @hardened
    Scenario: The nonces of an answer and of the events of a stream
      When the client has one chat answered and another streamed
      Then none of them has the nonce of its request

    @SEC-09 @must @hardened
    Scenario: What an answer and the events of a stream seal
      When the client has one chat answered and another streamed
      Then none of them repeats what its request sealed
      And none of them has the nonce of its request
