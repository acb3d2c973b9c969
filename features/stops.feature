Feature: Stops
  Streams that end before their engine is done (docs/PROTOCOL.md sections 2 and 6).

  Rule: A client that leaves stops inference

    @STR-08 @must @hardened
    Scenario Outline: A client of the <place> leaves, and its engine <is doing>
      Given a client at the <place>
      When the client leaves after two chunks, and the engine <is doing>
      Then the engine is let go within two keep-alive intervals and two seconds

      Examples:
        | place | is doing  |
        | proxy | is silent |
        | proxy | writes on |
        | node  | is silent |
        | node  | writes on |

  Rule: Only the proxy that began a stream can stop it

    @STR-10 @must @hardened
    Scenario: Others ask for it
      Given a client at the node
      When others than its proxy ask to stop a running stream
      Then each stop is answered as unauthenticated
      And the stream goes on to its end

    @STR-10 @must @hardened
    Scenario: The node does not know the stream yet
      Given a client at the node
      When its proxy asks to stop a stream before it has begun
      Then each stop is answered as an unknown path
      And the stream goes on to its end

    @STR-10 @must @hardened
    Scenario: Its own proxy asks for it
      Given a client at the node
      When its proxy asks to stop a running stream while the engine is silent
      Then the stop is taken, and the engine let go
      And the stream ends with one event that has no choices and the usage so far
