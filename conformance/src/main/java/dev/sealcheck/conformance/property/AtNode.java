package dev.sealcheck.conformance.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a property whose client stands in front of the node, as its proxy. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AtNode {}
