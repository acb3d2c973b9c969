Feature: Failures
  A failure after the lock was consumed costs nothing (docs/PROTOCOL.md section 8).

  Rule: A failure releases its lock and charges nothing, whoever's it is

    @ACC-03 @must @hardened
    Scenario Outline: A request <fault>
      Given a user whose every unit is locked
      When the client sends a chat request <fault> on one of these locks
      Then it fails
      And nothing is charged, and its lock is free again

      Examples:
        | fault                          |
        | that cannot be opened          |
        | whose body names another model |
        | that names another node key    |

    @ACC-03 @must @hardened
    Scenario: A request that is a replay
      Given a user whose every unit is locked
      When the client sends an answered chat request again on one of these locks
      Then it fails
      And nothing is charged, and its lock is free again

    @ACC-03 @must @hardened
    Scenario Outline: A <form>, and the engine <fails>
      Given a user whose every unit is locked
      When the client sends a <form> on one of these locks, and the engine <fails>
      Then it fails
      And nothing is charged, and its lock is free again

      Examples:
        | form         | fails                 |
        | chat request | answers with an error |
        | chat request | is full               |
        | chat request | breaks off its answer |
        | chat stream  | closes the connection |
        | chat stream  | answers broken JSON   |
        | chat stream  | resets its stream     |

    @ACC-03 @must @hardened
    Scenario Outline: A <form>, and the node <fails>
      Given a node that the suite plays, and a user who locks whole stacks
      When the client sends a <form>, and the node <fails>
      Then it fails
      And nothing is charged, and its whole stack is free again

      Examples:
        | form         | fails                                 |
        | chat request | says that the body is invalid         |
        | chat request | says that it cannot be opened         |
        | chat request | says that it is a replay              |
        | chat request | says that the stack is being settled  |
        | chat request | says that the stack is not available  |
        | chat request | says that its engine is full          |
        | chat request | says that the proxy is unknown        |
        | chat request | says that it failed                   |
        | chat request | says that it serves no such model     |
        | chat request | closes without an answer              |
        | chat request | resets without an answer              |
        | chat request | breaks off its answer                 |
        | chat request | signs with another key                |
        | chat request | answers without usage                 |
        | chat request | answers with negative usage           |
        | chat request | is not there                          |
        | chat request | gives no answer in time               |
        | chat stream  | resets its stream                     |
        | chat stream  | ends its stream without usage         |
        | chat stream  | signs its last event with another key |
