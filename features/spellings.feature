Feature: Spellings of the envelope
  Which ways to write the outer JSON are taken, and which are not (docs/PROTOCOL.md section 2).

  Rule: The way in which the envelope is written does not matter

    @REQ-05 @must @hardened
    Scenario Outline: The envelope <writing>
      Given a sealed chat request
      But its envelope <writing>
      When the client sends it and opens the answer
      Then it is answered

      Examples:
        | writing                                             |
        | has fields that nobody knows                        |
        | has fields that differ from known ones in case only |
        | is in reverse order                                 |
        | is spread over many lines                           |
        | is written in escapes                               |

  Rule: Integers are positive, and written as integers

    @REQ-06 @must @core
    Scenario Outline: The <field> is no positive integer
      Given a sealed chat request
      But its <field> is no positive integer
      When the client sends it
      Then it is refused as an invalid body

      Examples:
        | field         |
        | stack         |
        | compute units |

  Rule: Base64 is canonical and of its size, and a request refused for that keeps its lock

    @REQ-07 @must @hardened
    Scenario Outline: The <field> is no canonical base64 of its size
      Given a sealed chat request on the only lock of its user
      But its <field> is no canonical base64 of its size
      When the client sends it, and then an unharmed one on the same lock
      Then it is refused as an invalid body
      And the lock still serves

      Examples:
        | field      |
        | ciphertext |
        | client key |
        | node key   |
        | nonce      |
        | salt       |
        | body hash  |

  Rule: No key stands twice

    @REQ-15 @should @hardened
    Scenario: A key of the envelope stands twice
      Given a sealed chat request
      But its envelope holds a key twice
      When the client sends it
      Then it is refused as an invalid body

    @REQ-15 @should @hardened
    Scenario: A key of the body stands twice
      Given a sealed chat request
      But its body holds a key twice
      When the client sends it
      Then it is refused as an invalid body
