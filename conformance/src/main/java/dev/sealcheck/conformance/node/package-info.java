/**
 * The scripted node that the suite plays behind a proxy under test: good answers, and a catalogue
 * of what a broken or hostile node does. No verdict, no client of the proxy and no code of the
 * tested side may ever live here.
 */
package dev.sealcheck.conformance.node;
