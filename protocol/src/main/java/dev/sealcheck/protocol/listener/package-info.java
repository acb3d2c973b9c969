/**
 * What both servers can open beside their public port: the control listener and the metrics. No
 * name, label or value of a metric may come from a caller: paths are those of the routes, outcomes
 * those of a closed list.
 */
package dev.sealcheck.protocol.listener;
