/**
 * The reference node as a process: its settings, its start and its registration. What it does with
 * a request lives in the packages below.
 */
package dev.sealcheck.node;
