/**
 * The inference engine that the suite plays behind a node under test, OpenAI-compatible and
 * scripted per check; {@link dev.sealcheck.conformance.engine.ScriptedEngine} is the door. It sees
 * plain bodies only: no envelope, key or signature belongs here, and nothing here judges the node.
 */
package dev.sealcheck.conformance.engine;
