Feature: Hostile input
  Nothing that a client sends stops the service (docs/PROTOCOL.md section 9).

  Rule: After every hostile body the next good request works

    @ERR-10 @must @hardened
    Scenario Outline: An envelope of <input>
      When the chat endpoint is sent <input>
      Then the next good request is answered

      Examples:
        | input                       |
        | nothing                     |
        | a lone brace                |
        | a hundred thousand brackets |
        | a huge number               |
        | a key twice                 |
        | invalid UTF-8               |
        | a byte order mark           |
        | NUL bytes                   |
        | a lone surrogate            |
        | a key of a megabyte         |

    @ERR-10 @must @hardened
    Scenario Outline: A lock request of <input>
      When the lock endpoint is sent <input>
      Then the next good request is answered

      Examples:
        | input                       |
        | nothing                     |
        | a lone brace                |
        | a hundred thousand brackets |
        | a huge number               |
        | a key twice                 |
        | invalid UTF-8               |
        | a byte order mark           |
        | NUL bytes                   |
        | a lone surrogate            |
        | a key of a megabyte         |

    @ERR-10 @must @hardened
    Scenario Outline: A sealed body of <input>
      When the client sends a sealed body of <input>
      Then the next good request is answered

      Examples:
        | input                       |
        | nothing                     |
        | a lone brace                |
        | a hundred thousand brackets |
        | a huge number               |
        | a key twice                 |
        | invalid UTF-8               |
        | a byte order mark           |
        | NUL bytes                   |
        | a lone surrogate            |
        | a key of a megabyte         |

    @ERR-10 @must @hardened
    Scenario Outline: At the node, an envelope of <input>
      When the node is sent <input> under a good signature
      Then the next good request is answered

      Examples:
        | input                       |
        | nothing                     |
        | a lone brace                |
        | a hundred thousand brackets |
        | a huge number               |
        | a key twice                 |
        | invalid UTF-8               |
        | a byte order mark           |
        | NUL bytes                   |
        | a lone surrogate            |
        | a key of a megabyte         |
