Feature: Bodies
  What is sealed must fit its envelope and be a valid request (docs/PROTOCOL.md sections 2 and 7).

  Rule: Envelope and body say the same

    @REQ-10 @must @hardened
    Scenario Outline: The envelope asks for <envelope>, and its body <body>
      Given a sealed chat request for <envelope>
      But its body <body>
      When the client sends it
      Then it is refused as an invalid body

      Examples:
        | envelope   | body                                  |
        | one object | names another model than its envelope |
        | one object | asks for a stream                     |
        | a stream   | asks for no stream                    |
        | a stream   | says nothing of a stream              |
        | a stream   | has a null stream flag                |

    @REQ-10 @must @hardened
    Scenario Outline: The envelope asks for one object, and its body <body>
      Given a sealed chat request
      But its body <body>
      When the client sends it and opens the answer
      Then it is answered

      Examples:
        | body                     |
        | says nothing of a stream |
        | has a null stream flag   |

  Rule: A body is a JSON object with a model that is served

    @REQ-11 @must @core
    Scenario Outline: The body <body>
      Given a sealed chat request
      But its body <body>
      When the client sends it
      Then it is refused as an unusable body

      Examples:
        | body                |
        | is no JSON object   |
        | has no usable model |

    @REQ-11 @must @core
    Scenario: Body and envelope name a model that the node does not serve
      Given a sealed chat request in front of the node
      But body and envelope name a model that nobody serves
      When the client sends it
      Then it is refused as an unusable body

    @REQ-11 @must @core
    Scenario: Nothing is charged for it
      Given a user whose every unit is locked
      When the client sends a chat request whose body has no model on one of these locks
      Then it fails
      And nothing is charged, and its lock is free again
