/**
 * The units of the proxy: who the users are, what they prepaid, which locks live and what a request
 * is charged. Nothing here may know of HTTP, JSON, nodes' addresses or the content of a request.
 */
package dev.sealcheck.proxy.account;
