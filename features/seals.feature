Feature: Seals
  The number, the end mark and the hash inside what is sealed (docs/PROTOCOL.md section 6).

  Rule: Chunks and answers carry a seal

    @STR-13 @should @hardened
    Scenario: An answer and a stream
      When the client has one chat answered whole and another streamed
      Then every answer and every event carries a seal

  Rule: The seals of a stream count without a gap to the final one

    @STR-15 @must @hardened
    Scenario: Streamed chats
      When the client has a few chats streamed
      Then the seals count without a gap to the final one, under the hash of the request

    @STR-15 @must @hardened
    Scenario: A streamed completion
      When the client has a streamed completion
      Then the seals count without a gap to the final one, under the hash of the request

    @STR-15 @must @hardened
    Scenario: An engine that adds seals of its own
      When the client has a chat streamed by an engine that adds seals of its own
      Then the seals count without a gap to the final one, under the hash of the request
