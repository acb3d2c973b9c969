Feature: Streams
  Sealed answers that come event by event (docs/PROTOCOL.md section 6).

  Rule: A stream is server-sent events, each one line of data with a sealed chunk

    @STR-01 @must @core
    Scenario: The framing of a stream
      When the client opens a chat stream and reads it to its end
      Then each event is one line of data with a sealed chunk

  Rule: The last event carries the usage

    @STR-04 @must @core
    Scenario: The end of a stream
      When the client has a chat streamed
      Then the last event has no choices and the usage inside and outside

  Rule: Each event is passed on at once

    @STR-06 @must @core
    Scenario: A stream that takes a while
      When the client has a long chat streamed
      Then the first event comes in the first half of the time

  Rule: The chunks of a stream belong together

    @STR-14 @must @core
    Scenario: What all chunks share, and what comes before the usage
      When the client has a chat streamed
      Then all chunks have one id, one creation time and one model
      And a finish reason comes before the usage
