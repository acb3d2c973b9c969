Feature: Security
  What must hold whoever sends what, in whatever way (docs/PROTOCOL.md sections 2, 7, 9 and 10).

  Rule: Plaintexts, keys and tokens stay out of logs and metrics

    @SEC-03 @must @hardened
    Scenario: The logs
      Given the logs of proxy and node
      When the client has marked requests answered, streamed and refused
      Then they show no plaintext, no key and no token

    @SEC-03 @must @hardened
    Scenario: The metrics
      Given the metrics of proxy and node
      When the client has marked requests answered, streamed and refused
      Then they show no plaintext, no key and no token

  Rule: One envelope runs once, whatever the lock

    @SEC-04 @must @hardened
    Scenario: The same bytes again
      When the client sends one sealed request twice, each time on a lock of its own
      Then the copy is refused as a replay

    @SEC-04 @must @hardened
    Scenario: A copy that names the same client key with its top bit flipped
      When the client sends one sealed request twice, the second with the top bit of its client key flipped
      Then the copy is refused as a replay

    @SEC-04 @must @hardened
    Scenario: Copies at once
      When the client sends one sealed request and two copies of it at once
      Then one of them runs and the others are refused as a replay

    @SEC-04 @must @hardened
    Scenario: The same bytes again, at the node
      Given a client that stands in front of the node
      When the client sends one sealed request twice, each time on a lock of its own
      Then the copy is refused as a replay

  Rule: The side doors of a node are closed

    @SEC-07 @must @hardened
    Scenario: A stream is to be stopped by somebody else than its proxy
      Given a client that stands in front of the node
      When a running stream is to be stopped without a signature and with a foreign one
      Then each stop is refused as unauthenticated
      And the stream runs on to its end

    @SEC-07 @must @hardened
    Scenario: The metrics are asked for at the public port
      Given a client that stands in front of the node
      When the node is asked for its metrics at its public port
      Then no metrics are there

  Rule: A user over the limit is told when to come back

    @SEC-10 @should @hardened
    Scenario: A burst of one user
      When a user with a rate limit sends a burst of requests
      Then those over the limit are refused as too many requests, each with the time to wait
      And other users are served
