package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.requirement.Role;
import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestKey;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import dev.sealcheck.conformance.world.Twins;
import dev.sealcheck.conformance.world.World;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.MethodLifecycleContext;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Gives each property a world, and runs an unharmed twin before its first and after its last try.
 */
final class TwinControls implements AroundPropertyHook, AroundTryHook, ResolveParameterHook {

  private static final ConcurrentMap<Method, World> WORLDS = new ConcurrentHashMap<>();
  private static final Set<Method> SKIPPED = ConcurrentHashMap.newKeySet();

  /** Inside the hook that opens the record of the property, which this one needs. */
  @Override
  public int aroundPropertyProximity() {
    return 10;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    TestRun run = TestRun.current();
    TestKey key =
        TestKey.ofProperty(context.containerClass().getName(), context.targetMethod().getName());
    CheckRecord check = run.record(key).orElseThrow();
    try (World world = new World()) {
      world.begin(run, check);
      WORLDS.put(context.targetMethod(), world);
      Optional<RuntimeException> before =
          standing(world, context.targetMethod()).or(() -> twin(world, "before"));
      before.ifPresent(reason -> SKIPPED.add(context.targetMethod()));
      PropertyExecutionResult result = property.execute();
      return before.or(() -> twin(world, "after")).map(result::mapToFailed).orElse(result);
    } finally {
      SKIPPED.remove(context.targetMethod());
      WORLDS.remove(context.targetMethod());
    }
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
    // After a failed twin no try can say anything, so none is made.
    return SKIPPED.contains(context.targetMethod())
        ? TryExecutionResult.satisfied(true)
        : attempt.execute(parameters);
  }

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext context) {
    if (!parameter.typeUsage().isOfType(World.class)
        || !(context instanceof MethodLifecycleContext property)) {
      return Optional.empty();
    }
    // Asked for again when jqwik reports, after the property has ended and its world is closed.
    return Optional.of(ignored -> WORLDS.getOrDefault(property.targetMethod(), new World()));
  }

  /** Puts the world's client in front of the node for a property of that role. */
  private static Optional<RuntimeException> standing(World world, Method property) {
    boolean byTag =
        Arrays.stream(property.getAnnotationsByType(Tag.class))
            .anyMatch(tag -> tag.value().equals(Role.NODE.label()));
    if (!byTag && !property.isAnnotationPresent(AtNode.class)) {
      return Optional.empty();
    }
    try {
      var unused = world.nodeClient();
      return Optional.empty();
    } catch (NotApplicable noNode) {
      return Optional.of(noNode);
    }
  }

  private static Optional<RuntimeException> twin(World world, String when) {
    try {
      Twins.complete(world.client(), world.recipes().chat(), when);
      return Optional.empty();
    } catch (NotRun | NotApplicable | Hung saysNothing) {
      return Optional.of(saysNothing);
    }
  }
}
