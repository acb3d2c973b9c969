package dev.sealcheck.conformance.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/**
 * Marks a class whose jqwik properties are checks of a run. Each property gets the run's seed and a
 * record, which it can take as a parameter of type {@link
 * dev.sealcheck.conformance.target.CheckRecord}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AddLifecycleHook(value = PropertyChecks.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
public @interface RequirementProperties {}
