package dev.sealcheck.conformance.property;

import dev.sealcheck.conformance.engine.Behaviours;
import dev.sealcheck.conformance.engine.EngineScript;
import dev.sealcheck.conformance.run.RequirementProperties;
import dev.sealcheck.conformance.verdict.CheckFailed;
import dev.sealcheck.conformance.verdict.NotApplicable;
import dev.sealcheck.conformance.world.OpenedStream;
import dev.sealcheck.conformance.world.World;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** Streams of an engine whose bytes are cut anywhere, docs/PROTOCOL.md section 6. */
@RequirementProperties
@AddLifecycleHook(value = TwinControls.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class StreamProperties {

  private static final int TRIES = 25;
  private static final int MOST_TEXTS = 12;
  private static final int MOST_CUTS = 40;

  @Property(tries = TRIES)
  @AtNode
  @Tag("STR-05")
  @Tag("must")
  @Tag("hardened")
  void noSegmentationLosesAnEvent(@ForAll("segments") Segments segments, World world) {
    EngineScript engine = world.engine().does(segments.stream());
    int before = engine.calls().size();
    try {
      OpenedStream stream = world.client().completeStream(world.recipes().chatStream());
      if (engine.calls().size() == before) {
        throw new NotApplicable("a target whose requests reach the engine that the suite plays");
      }
      if (!stream.texts().equals(segments.words())) {
        throw new CheckFailed(
            "every text of the engine once, each in an event of its own and in order",
            stream.texts().size() + " texts of " + segments.texts() + ", or other ones");
      }
    } finally {
      engine.does(Behaviours.ordinary());
    }
  }

  @Provide
  Arbitrary<Segments> segments() {
    Arbitrary<Integer> texts = Arbitraries.integers().between(1, MOST_TEXTS);
    Arbitrary<Integer> cut = Arbitraries.integers().between(1, 999);
    Arbitrary<Integer> comment = Arbitraries.integers().between(0, MOST_TEXTS);
    return Combinators.combine(
            texts,
            cut.list().ofMaxSize(MOST_CUTS),
            comment.set().ofMaxSize(MOST_TEXTS),
            Arbitraries.of(true, false))
        .as(Segments::new);
  }
}
