/**
 * Which nodes and models there are, and where a node answers with which key. It speaks to no node.
 */
package dev.sealcheck.proxy.registry;
