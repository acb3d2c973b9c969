Feature: Units
  What is charged is what the sealed answer says (docs/PROTOCOL.md section 8).

  Rule: The usage outside equals the usage inside

    @ACC-10 @must @core
    Scenario: Of an answer
      When the client has a chat answered
      Then its outer usage is the one inside

    @ACC-10 @must @core
    Scenario: Of the last event of a stream
      When the client has a chat streamed
      Then the outer usage of the last event is the one inside

  Rule: A success is charged its tokens once, and the rest of its lock is free again

    @ACC-01 @must @core
    Scenario: An answer
      Given a user whose every unit is locked
      When the client has a chat answered on one of these locks
      Then exactly the tokens of its usage are gone

  Rule: What is released is the lock, whatever the request asked for

    @ACC-02 @must @hardened
    Scenario: Many requests for fewer units than their locks
      Given a user whose every unit is locked but those of one stack
      When the client has many chats answered, each on a lock much larger than it asks for
      Then exactly the tokens of its usage are gone

  Rule: A stream is charged what was generated

    @ACC-04 @must @hardened
    Scenario: A whole stream
      Given a user whose every unit is locked
      When the client has a chat streamed on one of these locks
      Then exactly the tokens of its usage are gone

    @ACC-04 @must @hardened
    Scenario: One prompt with and without a stream
      When the client has one prompt answered with and without a stream
      Then both say that they used the same

    @ACC-04 @must @hardened
    Scenario: A stream that its client leaves
      Given a user whose every unit is locked
      When the client leaves a stream in its middle
      Then at most what was generated is gone

  Rule: A request is settled once

    @ACC-07 @must @core
    Scenario: A client that leaves at the last event
      Given a user whose every unit is locked
      When the client leaves a stream at its last event, again and again
      Then exactly the tokens that its last event names are gone

  Rule: Embeddings and images release their locks

    @ACC-05 @must @hardened
    Scenario Outline: Locks of more than half a stack for <calls>
      When the client has <calls> answered again and again on locks of more than half a stack
      Then all locks find room on one stack

      Examples:
        | calls      |
        | embeddings |
        | images     |

  Rule: Used and locked units never exceed a stack

    @ACC-06 @must @hardened
    Scenario Outline: Locks asked for at once on <part>
      Given a user whose balance buys a few stacks
      When the client asks at once for many locks on <part>
      Then no more is locked than there is
      And every answer is a lock or a refusal for want of units, for load or for want of a node

      Examples:
        | part              |
        | a part of a stack |
        | nearly a stack    |
