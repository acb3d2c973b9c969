Feature: Nodes that fail
  What a proxy makes of a node that is not there, or not for long (docs/PROTOCOL.md sections 6 and 9).

  Rule: A node that is gone is an error of the server, and costs nothing

    @ERR-07 @must @hardened
    Scenario: A node that cannot be reached
      Given a scripted node behind the proxy
      When the client sends requests, whole and streamed, to a node that cannot be reached
      Then the client is told each time that the node is gone

    @ERR-07 @must @hardened
    Scenario: A node that takes requests and says nothing
      Given a scripted node behind the proxy
      When the client sends requests, whole and streamed, to a node that takes them and says nothing
      Then the client is told each time that the node is gone

    @ERR-07 @must @hardened
    Scenario: The lock for a node that cannot be reached
      Given a scripted node behind the proxy
      When the client sends a chat request on a whole stack to a node that cannot be reached
      Then the client is told each time that the node is gone
      And the whole stack is free again

    @ERR-07 @must @hardened
    Scenario: The lock for a node that takes a request and says nothing
      Given a scripted node behind the proxy
      When the client sends a chat request on a whole stack to a node that takes it and says nothing
      Then the client is told each time that the node is gone
      And the whole stack is free again

  Rule: A proxy sends an envelope to a node once

    @SEC-11 @must @hardened
    Scenario Outline: A node that takes a request and <break>
      Given a scripted node behind the proxy
      When the node takes chat requests, whole and streamed, and <break>
      Then one copy of each has arrived at the node
      And the client is told that the node broke off

      Examples:
        | break                 |
        | resets the connection |
        | closes the connection |
