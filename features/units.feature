Feature: Units
  What is charged is what the sealed answer says (docs/PROTOCOL.md section 8).

  Rule: The usage outside equals the usage inside

    @ACC-10 @must @core
    Scenario: Of an answer
      When the client has a chat answered
      Then its outer usage is the one inside

    @ACC-10 @must @core
    Scenario: Of the last event of a stream
      When the client has a chat streamed
      Then the outer usage of the last event is the one inside
