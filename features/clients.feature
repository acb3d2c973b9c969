Feature: Existing clients
  What the published clients need of answers once they are opened (docs/PROTOCOL.md section 2).

  Rule: Answers and chunks have the shape that the clients read

    @INT-02 @must @core
    Scenario: A chat
      When the client has a chat answered
      Then the answer has the shape that published clients read

    @INT-02 @must @core
    Scenario: A streamed chat
      When the client has a chat streamed
      Then each chunk has the shape that published clients read

    @INT-02 @must @core
    Scenario: A completion
      When the client has a completion answered
      Then the answer has the shape that published clients read

    @INT-02 @must @core
    Scenario: A call of a tool
      Given an engine that calls a tool
      When the client has a chat answered
      Then the answer has the shape that published clients read

  Rule: The usage outside has its three integers

    @INT-03 @must @core
    Scenario: Of a chat
      When the client has a chat answered
      Then the usage outside the answer has its three integers

    @INT-03 @must @core
    Scenario: Of a streamed chat
      When the client has a chat streamed
      Then the usage outside the last event has its three integers

    @INT-03 @must @core
    Scenario: Of a completion
      When the client has a completion answered
      Then the usage outside the answer has its three integers

    @INT-03 @must @core
    Scenario: Of an embedding
      When the client has a text embedded
      Then the usage outside the answer has its three integers

  Rule: Optional fields are left out, or have the form that the clients take

    @INT-04 @should @core
    Scenario: Of a chat
      When the client has a chat answered
      Then its optional fields have the form that published clients take

    @INT-04 @should @core
    Scenario: Of a streamed chat
      When the client has a chat streamed
      Then the optional fields of each chunk have the form that published clients take

    @INT-04 @should @core
    Scenario: Of a picture
      When the client has a picture made
      Then its optional fields have the form that published clients take

    @INT-04 @should @core
    Scenario Outline: Of a chat by an engine <fields>
      Given an engine <fields>
      When the client has a chat answered
      Then its optional fields have the form that published clients take

      Examples:
        | fields                           |
        | with null in fields of its own   |
        | with fields that no client takes |

    @INT-04 @should @core
    Scenario Outline: Of a streamed chat by an engine <fields>
      Given an engine <fields>
      When the client has a chat streamed
      Then the optional fields of each chunk have the form that published clients take

      Examples:
        | fields                           |
        | with null in fields of its own   |
        | with fields that no client takes |

    @INT-04 @should @core
    Scenario: Of a picture that an engine sends as data
      Given an engine that sends pictures as data
      When the client has a picture made
      Then its optional fields have the form that published clients take
