Feature: Lock requests
  Who gets a lock, and for what numbers (docs/PROTOCOL.md sections 2, 8 and 9).

  Rule: A model without a usable node gives no lock

    @LOCK-07 @must @core
    Scenario: A model that nobody serves
      When the client asks for a lock for a model that nobody serves
      Then the lock is refused as a model without a node

  Rule: A user who cannot pay gets no lock

    @LOCK-08 @must @core
    Scenario: A user without balance
      When a user without balance asks for a lock
      Then the lock is refused as an empty account

  Rule: Units and time are whole numbers within their limits

    @LOCK-09 @must @hardened
    Scenario Outline: Wrong <field>
      When the client asks for a lock with wrong <field>
      Then the lock is refused as an invalid body

      Examples:
        | field |
        | units |
        | time  |

    @LOCK-09 @must @hardened
    Scenario: The longest time
      Given a user without open locks
      And a lock with the longest life
      When the client sends a chat request on it
      Then it still serves

    @LOCK-09 @must @hardened
    Scenario: Wrong numbers change no account
      Given a user whose every unit is locked
      When the client asks for locks with wrong numbers, and for one unit more than a stack has
      Then each of these locks is refused as an invalid body
      And no unit is locked or charged

  Rule: The units of an expired lock come back by themselves

    @LOCK-10 @must @hardened
    Scenario: All units were locked
      Given a user whose every unit is locked for a short while
      When the locks end, and nothing is asked meanwhile
      Then all units are free again

  Rule: A lock needs a valid token

    @LOCK-12 @must @core
    Scenario: No token and an unknown one
      When a lock is asked for without a good token
      Then the lock is refused as unauthenticated

  Rule: Locks that are asked for at once do not get in each other's way

    @LOCK-13 @should @hardened
    Scenario: Many at once
      When the client asks for many locks at once
      Then each is granted, or refused for want of balance, for load or for want of a node
