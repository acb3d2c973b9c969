/**
 * What one running check knows and can do: a user of its own, requests and their twins, and what
 * came back. It knows no Gherkin, and nothing here decides what a requirement asks for.
 */
package dev.sealcheck.conformance.world;
