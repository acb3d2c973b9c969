Feature: Connections
  How requests arrive, and how they do not (docs/PROTOCOL.md section 9; RFC 9112 section 6).

  Rule: Where a request ends is never in doubt

    @SEC-05 @must @hardened
    Scenario Outline: A request framed by <framing>
      When the client sends a request framed by <framing>
      Then it is answered or refused, and what hides in it is not
      And the next good request is answered

      Examples:
        | framing                       |
        | chunks                        |
        | one length twice              |
        | two different lengths         |
        | a length and chunks           |
        | a length and odd chunks       |
        | a length too short            |
        | a length too long             |
        | a length that is no number    |
        | a chunk size that is no number |

    @SEC-05 @must @hardened
    Scenario Outline: Behind the proxy, a request framed by <framing>
      Given a node that the suite plays behind the proxy
      When the client sends a request framed by <framing>
      Then nothing that hides in it reaches the node
      And the next good request is answered

      Examples:
        | framing                       |
        | two different lengths         |
        | a length and chunks           |
        | a length and odd chunks       |
        | a length too short            |
        | a chunk size that is no number |

  Rule: A body that does not come to its end is cut off in time

    @SEC-06 @must @hardened
    Scenario Outline: A byte a second to the <door> endpoint, <framing>
      When a body is sent to the <door> endpoint at a byte a second, <framing>
      Then it is cut off in time
      And the next good request is answered

      Examples:
        | door | framing           |
        | chat | under its length  |
        | chat | in chunks         |
        | lock | under its length  |

    @SEC-06 @must @hardened
    Scenario: A byte a second to the node
      Given a client that stands in front of the node
      When a body is sent to the chat endpoint at a byte a second, under its length
      Then it is cut off in time
      And the next good request is answered

  Rule: Aborted requests do no harm

    @SEC-08 @must @hardened
    Scenario: Connections reset in the middle of a body
      When many connections are reset in the middle of a body
      Then the next good request is answered
      And it takes no longer than before

    @SEC-08 @must @hardened
    Scenario: Connections reset in the middle of an answer
      When many connections are reset in the middle of an answer
      Then the next good request is answered
      And it takes no longer than before
