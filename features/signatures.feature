Feature: Signatures
  The node signs the hash of everything it answers (docs/PROTOCOL.md section 5).

  Rule: Answers and events are signed by the node

    @SIG-04 @must @core
    Scenario: An answer
      When the client has a chat answered
      Then its signature is the node's over that hash

    @SIG-04 @must @core
    Scenario: Each event of a stream
      When the client has a chat streamed
      Then the signature of each event is the node's over its hash
