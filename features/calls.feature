Feature: Calls
  Paths, media types and sizes, before an envelope is read (docs/PROTOCOL.md sections 2 and 9).

  Rule: Only JSON is taken, and a request refused for that keeps its lock

    @REQ-08 @must @hardened
    Scenario: The request is sent as anything but JSON
      Given a sealed chat request on the only lock of its user
      But it is sent as anything but JSON
      When the client sends it, and then an unharmed one on the same lock
      Then it is refused as a wrong media type
      And the lock still serves

    @REQ-08 @must @hardened
    Scenario: The media type has a character set
      Given a sealed chat request
      But its media type is written in every good way
      When the client sends it and opens the answer
      Then it is answered

  Rule: A body over the cap is refused unread, and keeps its lock

    @REQ-09 @must @hardened
    Scenario: The request is one byte over the cap
      Given a sealed chat request on the only lock of its user
      But it is one byte over the cap
      When the client sends it, and then an unharmed one on the same lock
      Then it is refused as too large
      And the lock still serves

    @REQ-09 @must @hardened
    Scenario: The request is as large as the cap
      Given a sealed chat request
      But it is exactly as large as the cap
      When the client sends it and opens the answer
      Then it is answered

    @REQ-09 @must @hardened
    Scenario: The body has no end
      Given a sealed chat request on the only lock of its user
      When the client sends a body without end, and then an unharmed request on the same lock
      Then it is stopped before much more than the cap is taken
      And its lock still serves

  Rule: Health needs no token, the models do

    @REQ-13 @must @core
    Scenario: The health of the proxy
      When the health of the target is asked for without a token
      Then it says that it is well

    @REQ-13 @must @core
    Scenario: The health of a node
      When the health of the node is asked for
      Then it says that it is well

    @REQ-13 @must @core
    Scenario: The list of models
      When the models are asked for with a token and without
      Then they are listed with a token only
