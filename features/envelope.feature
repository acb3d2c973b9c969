Feature: Envelope
  The outer JSON of a confidential request (docs/PROTOCOL.md section 2).

  Rule: Every required field must be there, and a request refused for that keeps its lock

    @REQ-01 @must @core
    Scenario Outline: The <field> is missing
      Given a sealed chat request on the only lock of its user
      But its <field> is missing
      When the client sends it, and then an unharmed one on the same lock
      Then it is refused as an invalid body
      And the lock still serves

      Examples:
        | field      |
        | ciphertext |
        | client key |
        | node key   |
        | nonce      |
        | salt       |
        | body hash  |
        | stack      |
        | model      |

  Rule: No field may have another JSON type

    @REQ-02 @must @core
    Scenario Outline: The <field> is of another type
      Given a sealed chat request
      But its <field> is of another JSON type
      When the client sends it
      Then it is refused as an invalid body

      Examples:
        | field         |
        | ciphertext    |
        | client key    |
        | node key      |
        | nonce         |
        | salt          |
        | body hash     |
        | stack         |
        | model         |
        | compute units |

  Rule: A chat request says whether it streams

    @REQ-03 @must @core
    Scenario: The stream flag is missing
      Given a sealed chat request
      But its stream flag is missing
      When the client sends it
      Then it is refused as an invalid body

    @REQ-03 @must @core
    Scenario: The stream flag is null
      Given a sealed chat request
      But its stream flag is null
      When the client sends it
      Then it is refused as an invalid body

    @REQ-04 @must @core
    Scenario: The stream flag is no boolean
      Given a sealed chat request
      But its stream flag is of another JSON type
      When the client sends it
      Then it is refused as an invalid body

  Rule: The stream flag decides the form of the answer

    @REQ-16 @must @core
    Scenario: Without streaming the answer is one JSON object
      When the client sends a chat request and opens the answer
      Then the plaintext is a chat completion

    @REQ-16 @must @core
    Scenario: With streaming the answer is an event stream
      When the client opens a chat stream and reads it to its end
      Then each event is one line of data with a sealed chunk
