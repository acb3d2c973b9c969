Feature: Registration
  Who may say where a node is (docs/PROTOCOL.md section 2).

  Rule: A registration is taken only from the signer that is configured for the node

    @SEC-12 @must @hardened
    Scenario: Somebody else
      Given a scripted node behind the proxy
      When somebody else registers in the node's name
      Then each registration is refused
      And nobody is called at the address that they name
      And the proxy still offers the node's own key
      And the node's own registration is taken

    @SEC-12 @must @hardened
    Scenario: An unknown id
      Given a scripted node behind the proxy
      When a node registers under an id that the proxy does not know
      Then each registration is refused
      And nobody is called at the address that they name
      And the proxy still offers the node's own key
      And the node's own registration is taken

    @SEC-12 @must @hardened
    Scenario: Malformed registrations
      Given a scripted node behind the proxy
      When the node registers in malformed ways
      Then each registration is refused
      And nobody is called at the address that they name
      And the proxy still offers the node's own key
      And the node's own registration is taken

    @SEC-12 @must @hardened
    Scenario: An address where nobody answers
      Given a scripted node behind the proxy
      When the node registers an address where nobody answers
      Then each registration is refused
      And the proxy still offers the node's own key
      And the node's own registration is taken
