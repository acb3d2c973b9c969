Feature: Usage
  What becomes of usage that is none, or too much (docs/PROTOCOL.md section 8).

  Rule: Usage that is no usage is a failed inference

    @ACC-08 @must @hardened
    Scenario Outline: A <form>, and the engine <fails>
      Given a user whose every unit is locked
      When the client sends a <form> on one of these locks, and the engine <fails>
      Then it is a failed inference
      And nothing is charged, and its lock is free again

      Examples:
        | form         | fails                    |
        | chat request | reports no usage         |
        | chat request | reports null usage       |
        | chat request | reports a text as usage  |
        | chat request | reports empty usage      |
        | chat request | reports negative usage   |
        | chat request | reports fractional usage |
        | chat request | reports textual usage    |
        | chat request | reports absurd usage     |
        | chat stream  | reports no usage         |
        | chat stream  | reports null usage       |
        | chat stream  | reports negative usage   |
        | chat stream  | reports fractional usage |
        | chat stream  | reports textual usage    |
        | chat stream  | reports absurd usage     |

  Rule: Usage above the lock is charged as far as the stack has free units

    @ACC-11 @must @hardened
    Scenario: With free units beside the lock
      Given an engine that the check plays, and a user with one free stack
      When the client has a chat answered that used more than its lock
      Then the answer is delivered
      And all that it used is charged

    @ACC-11 @must @hardened
    Scenario: With nothing free beside the lock
      Given an engine that the check plays, and a user with one free stack
      When the client has a chat answered that used more than its lock, while nothing else is free
      Then the answer is delivered
      And its whole lock is charged, and no unit of another lock
