Feature: Lock sizes
  How many units a lock holds, and for how long (docs/PROTOCOL.md sections 2 and 8).

  Rule: Units and time have defaults

    @LOCK-02 @must @core
    Scenario Outline: The units of a lock request with <defaults>
      Given a user without open locks
      And a lock request with <defaults>
      When the client sends a request for 8193 units and then one for 8192 units on the lock
      Then the first is refused as an unavailable stack, and the lock still serves the second

      Examples:
        | defaults              |
        | the defaults left out |
        | null for the defaults |

    @LOCK-02 @must @core
    Scenario Outline: The units of a lock request for an image, with <defaults>
      Given a user without open locks
      And a lock request with <defaults>, for an image model
      When the client sends a request for 1048577 units and then one for 1048576 units on the lock
      Then the first is refused as an unavailable stack, and the lock still serves the second

      Examples:
        | defaults              |
        | the defaults left out |
        | null for the defaults |

    @LOCK-02 @must @core
    Scenario Outline: The time of a lock request whose life is <life>
      Given a user without open locks
      And a lock whose life is <life>
      When the client sends one chat request well before the end of two such locks, and one after it
      Then it still serves
      And what comes too late is refused as an unavailable stack

      Examples:
        | life     |
        | left out |
        | null     |

  Rule: A lock serves no request that needs more than it holds

    @LOCK-05 @must @core
    Scenario: A request for many more units than its lock
      Given a user without open locks
      And a lock request with the defaults left out
      When the client sends a request for 9000 units and then one for 8000 units on the lock
      Then the first is refused as an unavailable stack, and the lock still serves the second
