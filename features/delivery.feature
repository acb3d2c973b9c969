Feature: Delivery
  How the events of an engine reach the client (docs/PROTOCOL.md section 6).

  Rule: Silence is filled with comments

    @STR-03 @should @hardened
    Scenario: An engine that is silent for long
      When the engine is silent for 2.7 keep-alive intervals in the middle of a stream
      Then two comments fill the silence, and no flood of them

    @STR-03 @should @hardened
    Scenario: An engine that is silent for a moment
      When the engine is silent for a third of a keep-alive interval in the middle of a stream
      Then one comment comes at most

  Rule: However an engine's events are cut into writes, none is lost

    @STR-05 @must @hardened
    Scenario Outline: An engine that writes <cut>, behind the <place>
      Given a client at the <place>
      And an engine that writes <cut>
      When the client has its texts streamed
      Then every text arrives once and in order, and the end is whole

      Examples:
        | place | cut                                |
        | proxy | two events                         |
        | proxy | all events at once                 |
        | proxy | every byte by itself               |
        | proxy | a comment together with each event |
        | node  | two events                         |
        | node  | all events at once                 |
        | node  | every byte by itself               |
        | node  | a comment together with each event |

  Rule: Each event is passed on at once

    @STR-06 @must @core
    Scenario: A stream that takes a while
      When the client has a long chat streamed
      Then the first event comes in the first half of the time

    @STR-06 @must @core
    Scenario Outline: The engine waits for the client of the <place>
      Given a client at the <place>
      When the engine sends each chunk only after the client has opened the one before
      Then every text arrives once and in order, and the end is whole

      Examples:
        | place |
        | proxy |
        | node  |

  Rule: A client that stops reading stops its engine

    @STR-11 @must @hardened
    Scenario Outline: A client of the <place> that stops reading
      Given a client at the <place>
      When the client stops reading a stream of an engine that writes on and on
      Then the engine has to wait before it has written 8 MiB
      And the stream is still there when the client reads on

      Examples:
        | place |
        | proxy |
        | node  |
