Feature: Load
  What a proxy and a node count as requests in progress (docs/PROTOCOL.md section 9).

  Rule: Requests that have ended do not count as load

    @ACC-09 @must @hardened
    Scenario: Answers
      When the client has one chat more answered than the engine takes at once, in turn
      Then none of them is refused for load, and the next is answered

    @ACC-09 @must @hardened
    Scenario: Requests that cannot be opened
      When the client sends one request more that cannot be opened than the engine takes, in turn
      Then none of them is refused for load, and the next is answered

    @ACC-09 @must @hardened
    Scenario: Failures of the engine
      When the client sends one chat more than the engine takes at once, in turn, and all fail
      Then none of them is refused for load, and the next is answered

    @ACC-09 @must @hardened
    Scenario: Streams that are left
      When the client leaves one stream more than the engine takes at once, in turn
      Then none of them is refused for load, and the next is answered
