Feature: Locks
  A lock reserves units on one node for one request (docs/PROTOCOL.md sections 2 and 8).

  Rule: A lock names the node key to seal to, the node and the stack

    @LOCK-01 @must @core
    Scenario: A lock is asked for and used
      When the client asks for a lock and sends a chat request on it
      Then the lock names a node key, a node and a stack

  Rule: A lock serves exactly one request

    @LOCK-03 @must @core
    Scenario: Two requests on one lock, in turn
      Given a user without open locks
      When the client sends two chat requests on one lock, one after the other
      Then the first succeeds
      And the second is refused as an unavailable stack

    @LOCK-03 @must @core
    Scenario: Two requests on one lock, at once
      Given a user without open locks
      When the client sends two chat requests on one lock at once
      Then exactly one succeeds and the other is refused as an unavailable stack

  Rule: A lock serves until it expires, and no longer

    @LOCK-04 @must @core
    Scenario: A request after the lock's end
      Given a user without open locks
      And a lock with the shortest life
      When the client sends a chat request after the lock's end
      Then what comes too late is refused as an unavailable stack

  Rule: A lock serves only its user, and no stack tells a stranger that it is there

    @LOCK-06 @must @hardened
    Scenario: Another user's token on a stack with a lock
      Given a user without open locks
      And another user
      When the other user sends a chat request on the first one's stack, with and without a lock there
      Then both are refused as an unavailable stack
      And both refusals are the same answer
      And the lock still serves its owner

    @ERR-04 @must @hardened
    Scenario: A stack that nobody has
      Given a user without open locks
      When the client sends a chat request on a stack that nobody has, and on its own without a lock
      Then both are refused as an unavailable stack
      And both refusals are the same answer

  Rule: A lock serves only its model

    @LOCK-11 @must @hardened
    Scenario: A request for another model
      Given a user without open locks
      When the client sends a request for another model and then one for its own on the lock
      Then the first is refused as an unavailable stack, and the lock still serves the second
