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

  Rule: The token is checked before the body is read

    @ERR-13 @must @hardened
    Scenario Outline: A bad body without a token, at the <endpoint> endpoint
      When the <endpoint> endpoint is sent bad bodies without a token
      Then each call is refused as unauthenticated

      Examples:
        | endpoint    |
        | lock        |
        | chat        |
        | completions |
        | embeddings  |
        | images      |

    @ERR-13 @must @hardened
    Scenario Outline: A body that has not come yet, without a token, at the <endpoint> endpoint
      When the <endpoint> endpoint is sent a head without a token and no body yet
      Then each call is refused as unauthenticated

      Examples:
        | endpoint |
        | lock     |
        | chat     |

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

    @ERR-02 @must @hardened
    Scenario: A user who cannot pay
      When a user who cannot pay asks for a lock
      Then each error is a JSON error object

    @ERR-02 @must @hardened
    Scenario: A node that does not answer as it should
      Given a node behind the proxy that fails in many ways
      When the client sends chat requests to it, whole and streamed
      Then each error is a JSON error object

    @ERR-02 @must @hardened
    Scenario: The errors of a node
      When the node is called in ways that it refuses
      Then each error is a JSON error object

  Rule: A wrong method is refused with the right ones, and consumes no lock

    @ERR-03 @must @hardened
    Scenario Outline: <method> with a good request on the only lock of its user
      Given a user without open locks
      When the client sends a good request by <method>, and by POST on the same lock
      Then each call is refused as a wrong method
      And each refusal names the method that is allowed
      And the lock serves the request by POST

      Examples:
        | method |
        | PUT    |
        | PATCH  |
        | DELETE |

    @ERR-03 @must @hardened
    Scenario: The other endpoints
      When the other endpoints are called with a wrong method
      Then each call is refused as a wrong method
      And each refusal names the method that is allowed

  Rule: Errors give nothing away

    @ERR-09 @must @hardened
    Scenario: The errors of a deployment
      When the deployment is called in ways that it refuses
      Then no error shows a hash, a key, a token, an address, a list of models or a stack trace

    @ERR-09 @must @hardened
    Scenario: The errors of a node
      When the node is called in ways that it refuses
      Then no error shows a hash, a key, a token, an address, a list of models or a stack trace

    @ERR-09 @must @hardened
    Scenario: The words of an engine that fails
      Given an engine that fails with words of its own
      When the client sends chat requests to it, whole and streamed
      Then no error shows a hash, a key, a token, an address, a list of models or a stack trace
