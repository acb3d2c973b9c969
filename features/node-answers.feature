Feature: Answers of a node
  What a proxy makes of a node's answer that is not right (docs/PROTOCOL.md sections 5 and 8).

  Rule: A proxy refuses an answer that its node has not signed

    @SIG-05 @must @hardened
    Scenario: A foreign signature
      Given a scripted node behind the proxy
      When the node answers a chat request with a foreign signature
      Then the proxy answers that the server failed
      And nothing of the node's answer reaches the client

    @SIG-05 @must @hardened
    Scenario: The signature of another node
      Given a scripted node behind the proxy
      When the node answers a chat request under the signature of another node
      Then the proxy answers that the server failed
      And nothing of the node's answer reaches the client

    @SIG-05 @must @hardened
    Scenario: A foreign signature on the first event of a stream
      Given a scripted node behind the proxy
      When the node streams a chat whose first event has a foreign signature
      Then the client sees the stream broken off
      And the client gets no event

  Rule: A proxy refuses an answer with a bad signature, hash or form, and gives the lock back

    @SIG-06 @must @hardened
    Scenario Outline: An answer with <fault>
      Given a scripted node behind the proxy that signs with <scheme>
      When the node answers a chat request with <fault>
      Then the proxy answers that the server failed
      And nothing of the node's answer reaches the client

      Examples:
        | fault                       | scheme    |
        | no signature                | Ed25519   |
        | null for a signature        | Ed25519   |
        | an empty signature          | Ed25519   |
        | text for a signature        | Ed25519   |
        | a signature too short       | Ed25519   |
        | a signature too long        | Ed25519   |
        | a signature of no scheme    | Ed25519   |
        | a signature of another hash | Ed25519   |
        | a false signature           | Ed25519   |
        | a false signature           | secp256k1 |
        | a false signature           | secp256r1 |
        | no hash                     | Ed25519   |
        | text for a hash             | Ed25519   |
        | a hash of 31 bytes          | Ed25519   |
        | no ciphertext               | Ed25519   |
        | no nonce                    | Ed25519   |
        | half of its JSON            | Ed25519   |
        | a list around it            | Ed25519   |

    @SIG-06 @must @hardened
    Scenario: The lock
      Given a scripted node behind the proxy
      When the node answers chat requests on a whole stack with every fault of signature, hash and form
      Then the proxy answers that the server failed
      And the whole stack is free again
