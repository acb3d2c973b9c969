Feature: Old and bad evidence
  What must not pass for proof (docs/ATTESTATION.md sections 6 and 9).

  Rule: Evidence counts once, for the challenge that it answers

    @ATT-07 @must @hardened
    Scenario: Evidence again
      Given a scripted node behind the proxy
      When evidence that was taken is put again, as it was and signed anew
      Then each is refused
      And the evidence and the offered key stay as they were

    @ATT-07 @must @hardened
    Scenario: The evidence of an old key
      Given a scripted node behind the proxy
      When evidence of the key before is put again, with any counter and nonce beside it
      Then each is refused
      And the evidence and the offered key stay as they were

  Rule: Bad evidence is refused for what is wrong with it

    @ATT-09 @must @hardened
    Scenario Outline: Evidence that is bad by its <group>
      Given a scripted node behind the proxy
      When the node puts all evidence that is bad by its <group>
      Then each is refused
      And the evidence and the offered key stay as they were

      Examples:
        | group       |
        | form        |
        | flip        |
        | truncation  |
        | chain       |
        | binding     |
        | signature   |
        | measurement |
        | set         |
        | container   |
