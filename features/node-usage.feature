Feature: Usage from a node
  A usage that cannot be charged is a failed inference (docs/PROTOCOL.md section 8).

  Rule: A usage that makes no sense costs nothing and is no success

    @ACC-08 @must @hardened
    Scenario Outline: An answer with <usage>
      Given a scripted node behind the proxy
      When the node answers a chat request on a whole stack with <usage>
      Then the proxy answers that the inference failed
      And nothing of the node's answer reaches the client
      And the whole stack is free again

      Examples:
        | usage                  |
        | no usage               |
        | null for its usage     |
        | text for its usage     |
        | a usage without counts |
        | a negative usage       |
        | a fractional usage     |
        | a usage in words       |
        | an absurd usage        |
        | no usage outside       |

    @ACC-08 @must @hardened
    Scenario Outline: A stream whose last event has <usage>
      Given a scripted node behind the proxy
      When the node streams a chat on a whole stack whose last event has <usage>
      Then the client sees the stream broken off
      And the whole stack is free again

      Examples:
        | usage                  |
        | no usage               |
        | null for its usage     |
        | text for its usage     |
        | a usage without counts |
        | a negative usage       |
        | a fractional usage     |
        | a usage in words       |
        | an absurd usage        |
        | no usage outside       |
