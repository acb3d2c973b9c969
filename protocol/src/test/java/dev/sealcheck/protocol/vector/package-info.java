/**
 * Reads the files of vectors/ and plays the client that answers and streams are judged by. Nothing
 * here computes what is expected: that stands in the files alone.
 */
package dev.sealcheck.protocol.vector;
