Feature: Inputs
  What a body asks of the engine, and how much (docs/PROTOCOL.md sections 2 and 7).

  Rule: Messages, prompt and input are valid before the engine is asked

    @REQ-12 @must @hardened
    Scenario Outline: The <field> of <kind> request
      Given a sealed <kind> request
      But its <field> not valid
      When the client sends it
      Then it is refused as an invalid body

      Examples:
        | kind       | field        |
        | chat       | messages are |
        | completion | prompt is    |
        | embedding  | input is     |
        | image      | prompt is    |

    @REQ-12 @must @hardened
    Scenario: Messages of every valid form
      Given a sealed chat request for an engine that takes anything
      But its messages are of every valid form
      When the client sends it and opens the answer
      Then it is answered

  Rule: What the body allows fits the units that the envelope names

    @REQ-14 @must @hardened
    Scenario: A longer answer than the units
      Given a sealed chat request that names few units
      But its body allows a longer answer than the units
      When the client sends it
      Then it is refused as an invalid body

    @REQ-14 @must @hardened
    Scenario: More pixels than the units
      Given a sealed image request that names as many units as it has pixels
      But its body asks for more pixels than the units
      When the client sends it
      Then it is refused as an invalid body

    @REQ-14 @must @hardened
    Scenario: More pixels than the default, and no units named
      Given a sealed image request
      But its body asks for more pixels than the default
      When the client sends it
      Then it is refused as an invalid body

    @REQ-14 @must @hardened
    Scenario: A longer answer than the default, and no units named
      Given a sealed chat request for an engine that takes anything
      But its body allows a longer answer than the default
      When the client sends it and opens the answer
      Then it is answered
      And the engine was asked for no more than the default
