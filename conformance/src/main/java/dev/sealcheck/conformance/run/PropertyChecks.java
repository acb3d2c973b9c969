package dev.sealcheck.conformance.run;

import dev.sealcheck.conformance.target.CheckRecord;
import dev.sealcheck.conformance.target.TestKey;
import dev.sealcheck.conformance.target.TestRun;
import dev.sealcheck.conformance.verdict.Hung;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.verdict.NotRun;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Ties each property to the current run. jqwik may make several instances and moves to another
 * thread to shrink, so what a try must know of its property is kept by method.
 */
final class PropertyChecks implements AroundPropertyHook, AroundTryHook, ResolveParameterHook {

  private static final ConcurrentMap<Method, Progress> PROGRESS = new ConcurrentHashMap<>();

  /** How far a running property has come. */
  private static final class Progress {
    private final CheckRecord check;
    private volatile Throwable noJudgement;
    private volatile boolean falsified;

    Progress(CheckRecord check) {
      this.check = check;
    }
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Method method = context.targetMethod();
    CheckRecord check =
        TestRun.current().begin(key(context), requirementId(method), context.label());
    Progress progress = new Progress(check);
    PROGRESS.put(method, progress);
    try {
      // jqwik has no seed for a whole run, but takes one for each property before it starts.
      context.attributes().setSeed(Long.toString(check.seed()));
      int most = TestRun.current().target().profile().counts().tries();
      context.attributes().setTries(Math.min(most, context.attributes().tries().orElse(most)));
      return FalsifiedInputs.named(method, judge(property.execute(), progress));
    } finally {
      PROGRESS.remove(method);
    }
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
    Progress progress = progress(context.targetMethod());
    if (!progress.falsified && progress.check.deadline().isPast()) {
      progress.noJudgement =
          new Hung("the property did not finish its tries in the time of a check");
      return TryExecutionResult.satisfied(true);
    }
    TryExecutionResult result = attempt.execute(parameters);
    Optional<Throwable> noJudgement = result.throwable().filter(PropertyChecks::saysNothing);
    if (noJudgement.isPresent()) {
      // Nothing was learnt about these inputs: shrinking them would only repeat the trouble.
      if (!progress.falsified) {
        progress.noJudgement = noJudgement.get();
      }
      return TryExecutionResult.satisfied(true);
    }
    if (result.isFalsified()) {
      progress.falsified = true;
    }
    return result;
  }

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext context) {
    if (!parameter.typeUsage().isOfType(CheckRecord.class)
        || !(context instanceof MethodLifecycleContext property)) {
      return Optional.empty();
    }
    // Asked for again when jqwik reports, after the property has ended.
    return Optional.of(ignored -> TestRun.current().record(key(property)).orElseThrow());
  }

  private static PropertyExecutionResult judge(PropertyExecutionResult result, Progress progress) {
    if (progress.noJudgement != null) {
      return result.mapToFailed(progress.noJudgement);
    }
    if (result.throwable().filter(PropertyChecks::saysNothing).isPresent()) {
      return result;
    }
    boolean failed = result.status() != PropertyExecutionResult.Status.SUCCESSFUL;
    if (failed && !progress.falsified) {
      // For instance too many discarded inputs: says something about the property, not the target.
      String reason = result.throwable().map(Outcome::describe).orElse("no reason given");
      return result.mapToFailed(new IllegalStateException("jqwik could not judge: " + reason));
    }
    return result;
  }

  private static TestKey key(MethodLifecycleContext property) {
    return TestKey.ofProperty(
        property.containerClass().getName(), property.targetMethod().getName());
  }

  private static Progress progress(Method method) {
    Progress progress = PROGRESS.get(method);
    if (progress == null) {
      throw new IllegalStateException("no property runs that is called " + method.getName());
    }
    return progress;
  }

  private static boolean saysNothing(Throwable thrown) {
    return thrown instanceof NotRun || thrown instanceof NotApplicable || thrown instanceof Hung;
  }

  private static String requirementId(Method method) {
    Tag[] all = method.getAnnotationsByType(Tag.class);
    return TestTags.of(Arrays.stream(all).map(Tag::value).toList()).requirementId().orElse("");
  }
}
