Feature: Signatures
  Proxy and node sign the hash of all that they send each other (docs/PROTOCOL.md section 5).

  Rule: A node takes the signatures of its proxies, in all three schemes

    @SIG-02 @must @core
    Scenario Outline: A proxy that signs with <scheme>
      When the client sends the node a chat request signed with <scheme>
      Then the node answers it

      Examples:
        | scheme    |
        | Ed25519   |
        | secp256k1 |
        | secp256r1 |

  Rule: Answers and events are signed by the node

    @SIG-04 @must @core
    Scenario: An answer
      When the client has a chat answered
      Then its signature is the node's over that hash

    @SIG-04 @must @core
    Scenario: Each event of a stream
      When the client has a chat streamed
      Then the signature of each event is the node's over its hash

    @SIG-04 @must @core
    Scenario: An answer, in front of the node
      When the client has a chat answered by the node itself
      Then its signature is the node's over that hash
