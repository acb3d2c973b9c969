Feature: Refusals of a node
  What a proxy makes of a node's refusal (docs/PROTOCOL.md section 9).

  Rule: What is the client's fault reaches it as such, and nothing else does

    @ERR-05 @must @hardened
    Scenario Outline: The node refuses as <refusal>
      Given a scripted node behind the proxy
      When the node refuses chat requests, whole and streamed, as <refusal>
      Then the client gets the refusal that stands for it

      Examples:
        | refusal                                       |
        | an invalid body                               |
        | undecryptable                                 |
        | sealed to a stale key                         |
        | a replay                                      |
        | a fault of the client, without a code         |
        | a stack that is being settled                 |
        | a stack that is being settled, without a code |
        | not signed by its proxy                       |
        | not signed by its proxy, without a code       |

  Rule: A stack that is not available and an engine that is full stay what they are

    @ERR-06 @must @core
    Scenario Outline: The node refuses as <refusal>
      Given a scripted node behind the proxy
      When the node refuses chat requests, whole and streamed, as <refusal>
      Then the client gets the refusal that stands for it

      Examples:
        | refusal                              |
        | an unavailable stack                 |
        | an unavailable stack, without a code |
        | too much for now                     |
        | too much for now, without a code     |

    @ERR-06 @must @core
    Scenario: The time to wait
      Given a scripted node behind the proxy
      When the node refuses chat requests, whole and streamed, as too much for now
      Then the client gets the refusal that stands for it
      And the client is told how long to wait

  Rule: A node's words stay behind

    @ERR-08 @must @core
    Scenario Outline: An error with <words>
      Given a scripted node behind the proxy
      When the node answers chat requests, whole and streamed, by an error with <words>
      Then the client gets an error of the proxy's own, and none of the node's words

      Examples:
        | words                    |
        | a message                |
        | the message of a failure |
        | a message without a code |
        | a code                   |
        | other fields             |
        | plain text               |
        | a page                   |
        | a great deal of text     |
