Feature: Rotation
  How a node changes its key, and what becomes of requests under the old one (docs/PROTOCOL.md section 10).

  Rule: A lock offers a key only while there is evidence for it

    @ATT-04 @must @core
    Scenario: A key is replaced
      Given a scripted node behind the proxy
      When the node proves and registers another key
      Then every lock from then on offers that key
      And the proxy still serves the node

    @ATT-04 @must @core
    Scenario: A key that nobody proved
      Given a scripted node behind the proxy
      When the node registers another key without evidence for it
      Then no lock offers that key

    @ATT-04 @must @core
    Scenario: A key whose evidence was refused
      Given a scripted node behind the proxy
      When the node registers another key after its evidence for it was refused
      Then no lock offers that key

    @ATT-04 @must @core @disturbing
    Scenario: A node that changes its key by itself
      Given a node that changes its key when it is told to
      When it changes its key
      Then every lock from then on offers another key
      And the evidence is for that key
      And the proxy still serves the node

  Rule: Requests survive the change, or say what became of them

    @ATT-05 @must @hardened @disturbing
    Scenario: A request under the key before
      Given a node that changes its key when it is told to
      When it changes its key between a lock and its request
      Then the request is refused as sealed to a stale key
      And its lock serves another request, and only one

    @ATT-05 @must @hardened @disturbing @costly
    Scenario: A request under the key before that comes late
      Given a node that changes its key when it is told to
      When it changes its key, and a request under the old one comes late on a lock of a whole stack
      Then the request is refused as sealed to a stale key
      And its lock ends when it would have ended, with nothing charged

    @ATT-06 @must @hardened @disturbing
    Scenario: A stream that runs meanwhile
      Given a node that changes its key when it is told to
      When it changes its key in the middle of a stream
      Then the rest of the stream arrives and opens
