Feature: Breaks
  What a client is told when its engine fails, before and in the middle of an answer (docs/PROTOCOL.md
  sections 6 and 9).

  Rule: A stream whose engine fails never ends as if it were whole

    @STR-07 @must @hardened
    Scenario Outline: The engine <breaks>, behind the <place>
      Given a client at the <place>
      When the engine <breaks> after the client has opened two events
      Then the stream is aborted, or says that it failed
      And nothing comes from behind the failure

      Examples:
        | place | breaks                |
        | proxy | resets the connection |
        | proxy | closes the connection |
        | proxy | sends a torso of JSON |
        | proxy | reports an error      |
        | proxy | ends without a finish |
        | node  | resets the connection |
        | node  | closes the connection |
        | node  | sends a torso of JSON |
        | node  | reports an error      |
        | node  | ends without a finish |

  Rule: What is refused before its stream begins gets a plain error

    @STR-12 @must @core
    Scenario: A stream on a lock that was used
      When the client asks for a stream on a lock that it has used
      Then it gets no stream but the error of an unavailable stack

    @STR-12 @must @core
    Scenario: A stream without a nonce
      When the client asks for a stream without a nonce
      Then it gets no stream but the error of an invalid body

    @STR-12 @must @core
    Scenario: A stream of an engine that is full
      When the client asks for a stream of an engine that is full
      Then it gets no stream but the error of too many requests
      And the error says how long to wait

  Rule: An engine that fails is an internal error, in the server's own words

    @ERR-11 @must @core
    Scenario Outline: An engine that <fails>, behind the <place>
      Given a client at the <place>
      And an engine that <fails>
      When the client sends it a chat, whole and streamed
      Then the client is told of a failed inference
      And it hears nothing of the engine's words

      Examples:
        | place | fails                                   |
        | proxy | answers with status 500                 |
        | proxy | answers with status 502                 |
        | proxy | closes the connection without an answer |
        | proxy | resets the connection without an answer |
        | node  | answers with status 500                 |
        | node  | closes the connection without an answer |

    @ERR-11 @must @core
    Scenario Outline: An engine whose answer <is bad>, behind the <place>
      Given a client at the <place>
      And an engine whose answer <is bad>
      When the client sends it a chat
      Then the client is told of a failed inference
      And it hears nothing of the engine's words

      Examples:
        | place | is bad                   |
        | proxy | breaks off in the middle |
        | proxy | is a torso of JSON       |
        | proxy | is no JSON               |
        | proxy | is an error object       |
        | proxy | has no usage             |
        | node  | is a torso of JSON       |
        | node  | has no usage             |
