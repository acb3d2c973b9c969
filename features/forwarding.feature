Feature: Forwarding
  What of a client's request reaches the node (docs/PROTOCOL.md sections 1, 5 and 7).

  Rule: The proxy signs the body hash of what it forwards

    @SIG-01 @must @core
    Scenario: Requests of every kind
      Given a scripted node behind the proxy
      When the client sends the node behind it requests of every kind, whole and streamed
      Then each of them comes to the node with the proxy's signature over its body hash

  Rule: The proxy signs nothing but hashes of 32 bytes

    @SIG-08 @must @hardened
    Scenario Outline: A body hash of <length> bytes
      When the client sends chat requests, whole and streamed, whose body hash has <length> bytes
      Then the proxy refuses each of them as an invalid body

      Examples:
        | length |
        | 0      |
        | 31     |
        | 33     |

    @SIG-08 @must @hardened
    Scenario Outline: A body hash of <length> bytes, seen from the node
      Given a scripted node behind the proxy
      When the client sends chat requests, whole and streamed, whose body hash has <length> bytes
      Then none of them comes to the node

      Examples:
        | length |
        | 0      |
        | 31     |
        | 33     |

  Rule: A client's headers stay with the proxy

    @SEC-01 @must @hardened
    Scenario: Headers of every kind
      Given a scripted node behind the proxy
      When the client sends chat requests, whole and streamed, with headers of every kind
      Then none of them reaches the node, nor the client's token

  Rule: Forged internal headers change nothing

    @SEC-02 @must @hardened
    Scenario: The headers that a proxy and a node have between them
      Given a scripted node behind the proxy
      When the client sends chat requests, whole and streamed, with forged internal headers
      Then they are answered, and the node is told what it is told without them

    @SEC-02 @must @hardened
    Scenario: The stack of another user
      Given a scripted node behind the proxy
      When the client names another user's stack in such headers, and the node says it is settled
      Then the client gets the node's refusal
      And the other user's lock serves as before
