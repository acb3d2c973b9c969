Feature: Refusals
  How both servers say no (docs/PROTOCOL.md section 9).

  Rule: Authentication fails in one way, whatever the cause

    @ERR-01 @must @core
    Scenario Outline: The <endpoint> endpoint without a good token
      When the <endpoint> endpoint is called without a good token
      Then each call is refused as unauthenticated
      And all refusals are the same answer

      Examples:
        | endpoint    |
        | models      |
        | lock        |
        | chat        |
        | completions |
        | embeddings  |
        | images      |

  Rule: Every error is a JSON error object

    @ERR-02 @must @hardened
    Scenario: An unknown path
      When the target is asked for a path that it does not have
      Then each call is refused as an unknown path

    @ERR-02 @must @hardened
    Scenario: A wrong method
      When the chat endpoint is called with a wrong method
      Then each call is refused as a wrong method

    @ERR-02 @must @hardened
    Scenario: A body that is too large
      When the chat endpoint is sent a body over the cap
      Then each call is refused as too large

    @ERR-02 @must @hardened
    Scenario: Another media type
      When the chat endpoint is sent plain text
      Then each call is refused as a wrong media type

    @ERR-02 @must @hardened
    Scenario: No envelope
      When the chat endpoint is sent JSON that is no envelope
      Then each call is refused as an invalid body

  Rule: No input stops the service

    @ERR-10 @must @hardened
    Scenario Outline: A body of <input>
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
