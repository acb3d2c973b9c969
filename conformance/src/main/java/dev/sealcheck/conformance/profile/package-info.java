/**
 * What the user tells the suite about a target: models, endpoints, accounts, limits, and what may
 * be run. Nothing here talks to the target.
 */
package dev.sealcheck.conformance.profile;
