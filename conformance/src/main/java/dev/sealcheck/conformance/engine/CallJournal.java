package dev.sealcheck.conformance.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls of an engine by marker. It is bounded: where it is full, the calls of the oldest marker
 * without a script are forgotten, and from then on it does not say "no calls" of a marker that it
 * might have forgotten.
 */
final class CallJournal {
  private final int maxCalls;
  private final long maxBodyBytes;
  private final Map<String, List<EngineCall>> byMarker = new LinkedHashMap<>();
  private final Set<String> pinned = new HashSet<>();
  private int kept;
  private long keptBytes;
  private boolean hasForgotten;

  CallJournal(int maxCalls, long maxBodyBytes) {
    this.maxCalls = maxCalls;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Keeps the calls of this marker until it is unpinned; false where it is pinned already. */
  synchronized boolean pin(String marker) {
    return pinned.add(marker);
  }

  /** The calls of this marker may be forgotten. */
  synchronized void unpin(String marker) {
    pinned.remove(marker);
  }

  /**
   * Keeps {@code call}; one without a marker only until room is needed.
   *
   * @throws IllegalStateException if the calls of scripts alone are more than the journal holds
   */
  synchronized void add(EngineCall call) {
    byMarker.computeIfAbsent(call.marker().orElse(""), none -> new ArrayList<>()).add(call);
    kept++;
    keptBytes += call.body().length();
    Iterator<Map.Entry<String, List<EngineCall>>> oldest = byMarker.entrySet().iterator();
    while (isOverfull()) {
      if (!oldest.hasNext()) {
        throw new IllegalStateException("more calls of open scripts than the engine keeps");
      }
      Map.Entry<String, List<EngineCall>> entry = oldest.next();
      if (!pinned.contains(entry.getKey())) {
        oldest.remove();
        hasForgotten = true;
        kept -= entry.getValue().size();
        keptBytes -= entry.getValue().stream().mapToLong(old -> old.body().length()).sum();
      }
    }
  }

  private boolean isOverfull() {
    return kept > maxCalls || keptBytes > maxBodyBytes;
  }

  /**
   * The calls of {@code marker}, in the order of arrival; one whose body is no JSON, or names no
   * marker, counts where the marker stands anywhere in it.
   *
   * @throws IllegalStateException if it may have been forgotten
   */
  synchronized List<EngineCall> calls(String marker) {
    List<EngineCall> calls = byMarker.get(marker);
    if (calls == null && hasForgotten && !pinned.contains(marker)) {
      throw new IllegalStateException("the engine has forgotten old calls: open a script first");
    }
    return Stream.concat(
            calls == null ? Stream.empty() : calls.stream(),
            byMarker.getOrDefault("", List.of()).stream()
                .filter(call -> call.body().toLenientUtf8().contains(marker)))
        .toList();
  }
}
