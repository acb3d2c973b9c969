Feature: Evidence
  How a node proves its key to the proxy, and who may (docs/ATTESTATION.md section 6).

  Rule: Evidence that answers the proxy's challenge is taken from the node that it is about

    @ATT-01 @must @core
    Scenario Outline: Evidence of a node that signs with <scheme>
      Given a scripted node behind the proxy that signs with <scheme>
      When the node puts evidence for its key
      Then the evidence is taken
      And the proxy still serves the node

      Examples:
        | scheme    |
        | Ed25519   |
        | secp256k1 |
        | secp256r1 |

  Rule: Evidence that its node has not signed, or that does not verify, changes nothing

    @ATT-02 @must @hardened
    Scenario: Malformed signatures
      Given a scripted node behind the proxy
      When evidence comes with malformed signatures
      Then each is refused
      And the evidence and the offered key stay as they were

    @ATT-02 @must @hardened
    Scenario: False and foreign signatures
      Given a scripted node behind the proxy
      When evidence comes with false and foreign signatures
      Then each is refused
      And the evidence and the offered key stay as they were

    @ATT-02 @must @hardened
    Scenario: Signatures under keys that are no points
      Given a scripted node behind the proxy
      When evidence comes with signatures under keys that are no points
      Then each is refused
      And the evidence and the offered key stay as they were

    @ATT-02 @must @hardened
    Scenario: An unknown node
      Given a scripted node behind the proxy
      When evidence comes for a node that the proxy does not know
      Then each is refused
      And the evidence and the offered key stay as they were

    @ATT-02 @must @hardened
    Scenario: Well signed, and not verifying
      Given a scripted node behind the proxy
      When the node puts evidence of devices that nobody trusts
      Then each is refused
      And the evidence and the offered key stay as they were

  Rule: The proxy shows the evidence that it took last

    @ATT-03 @must @core
    Scenario: What was taken last
      Given a scripted node behind the proxy
      When the node has evidence accepted, and the client asks for it
      Then the proxy shows that very evidence

    @ATT-03 @must @core
    Scenario: The evidence of the node in a lock
      When the client asks for the evidence of the node that its lock names
      Then the proxy shows evidence of that node

    @ATT-03 @must @core
    Scenario: Nodes without evidence, and what is no node
      When the client asks for evidence that there cannot be
      Then each answer says why there is none

  Rule: Evidence shows what it was made for

    @ATT-08 @should @hardened
    Scenario: The evidence and the key of a lock
      When the client asks for the evidence of the node that its lock names
      Then the evidence comes with its nonce, key and counter
      And its devices answered a nonce that names the lock's key
