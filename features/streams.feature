Feature: Streams
  Sealed answers that come event by event (docs/PROTOCOL.md section 6).

  Rule: A stream is server-sent events, each one line of data with a sealed chunk

    @STR-01 @must @core
    Scenario: The framing of a stream
      When the client opens a chat stream and reads it to its end
      Then each event is one line of data with a sealed chunk

    @STR-01 @must @core
    Scenario: The framing of a node's stream
      Given a client at the node
      When the client opens a chat stream and reads it to its end
      Then each event is one line of data with a sealed chunk

  Rule: A stream holds nothing that published clients break on

    @STR-02 @should @core
    Scenario Outline: A whole stream of the <place>
      Given a client at the <place>
      When the client opens a chat stream and reads it to its end
      Then it has no end mark, no time to retry after and no byte order mark

      Examples:
        | place |
        | proxy |
        | node  |

  Rule: The last event carries the usage

    @STR-04 @must @core
    Scenario: The end of a stream
      When the client has a chat streamed
      Then the last event has no choices and the usage inside and outside

    @STR-04 @must @core
    Scenario: The client wants no usage
      When the client has a chat streamed for which it wants no usage
      Then the engine was asked for usage all the same
      And the last event has no choices and the usage inside and outside

  Rule: Completions stream like chats

    @STR-09 @must @hardened
    Scenario: A streamed completion
      When the client opens a completion stream and reads it to its end
      Then each event is one line of data with a sealed chunk
      And the hash of each event is that of its decrypted bytes
      And the signature of each event is the node's over its hash
      And the last event has no choices and the usage inside and outside

  Rule: The chunks of a stream belong together

    @STR-14 @must @core
    Scenario: What all chunks share, and what comes before the usage
      When the client has a chat streamed
      Then all chunks have one id, one creation time and one model
      And a finish reason comes before the usage

    @STR-14 @must @core
    Scenario: What the chunks of a completion share
      When the client has a completion streamed
      Then all chunks have one id, one creation time and one model
      And a finish reason comes before the usage
