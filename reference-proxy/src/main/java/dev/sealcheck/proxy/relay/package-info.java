/**
 * The hop from proxy to node and back: what is sent, what of the answer is checked, and how a
 * node's refusal becomes the proxy's own. It never sees a plaintext.
 */
package dev.sealcheck.proxy.relay;
