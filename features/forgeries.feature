Feature: Forged signatures
  What a node does not take for a signature of its proxy (docs/PROTOCOL.md sections 5 and 9).

  Rule: A node refuses a request with a bad signature, and lives on

    @SIG-03 @must @hardened
    Scenario: No signature
      When the client sends the node requests of every kind without a signature
      Then the node refuses each of them as unauthenticated

    @SIG-03 @must @hardened
    Scenario Outline: A request with <signature>
      When the client sends the node a chat request with <signature>, of every scheme it takes
      Then the node refuses each of them as unauthenticated

      Examples:
        | signature                                    |
        | an empty signature                           |
        | a text that is no base64 for a signature     |
        | a byte too few in the signature              |
        | a byte too many in the signature             |
        | a signature of an unknown scheme             |
        | a signature under the flag of another scheme |
        | one flipped bit in the signature             |
        | a true signature of another hash             |
        | the s of the other half                      |
        | a zero signature                             |
        | a key off the curve                          |
        | a key out of the field                       |

  Rule: A node serves the proxies that it is configured for

    @SIG-07 @must @hardened
    Scenario: Keys that the node is not configured for
      When the client sends the node a chat request signed by an unknown key of each scheme
      Then the node refuses each of them as unauthenticated
