Feature: Streams of a node
  What a proxy makes of a node's events, however they come (docs/PROTOCOL.md section 6).

  Rule: Events survive any segmentation

    @STR-05 @must @hardened
    Scenario Outline: A node's stream with <writes>
      Given a scripted node behind the proxy
      When the node streams a chat with <writes>
      Then every event of the node reaches the client, once and in its order

      Examples:
        | writes                         |
        | two events in each write       |
        | all events in one write        |
        | its second event byte by byte  |
        | a comment glued to each event  |
        | a comment inside each event    |

  Rule: A stream that fails is broken off, and leaves no event out

    @STR-07 @must @hardened
    Scenario Outline: A third event with <fault>
      Given a scripted node behind the proxy
      When the node streams a chat whose third event has <fault>
      Then the client sees the stream broken off
      And the client gets the events before it at most

      Examples:
        | fault                       |
        | a foreign signature         |
        | a signature of another hash |
        | a false signature           |
        | no signature                |
        | no hash                     |
        | a hash of 31 bytes          |
        | no ciphertext               |
        | half of its JSON            |

    @STR-07 @must @hardened
    Scenario Outline: A node that <break>
      Given a scripted node behind the proxy
      When the node streams a chat and <break>
      Then the client sees the stream broken off

      Examples:
        | break                                          |
        | resets the connection before its first event   |
        | resets the connection after two events         |
        | closes the connection after two events         |
        | ends in order after two events                 |
        | ends in order without its usage                |
