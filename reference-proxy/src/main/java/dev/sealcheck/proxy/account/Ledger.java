package dev.sealcheck.proxy.account;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One user's balance and stacks; guarded by the monitor of {@link Accounts}. */
final class Ledger {

  /** Exhausted stacks are kept for the books only, the newest of them. */
  static final int EXHAUSTED_STACKS_KEPT = 100;

  private final UserId user;
  // In the order of purchase, so that among equals the older stack is filled first.
  private final Map<StackId, Stack> open = new LinkedHashMap<>();
  private final Deque<Stack> exhausted = new ArrayDeque<>();
  private long balanceUnits;
  private long forgottenStacks;
  private long forgottenUsedUnits;

  Ledger(User user) {
    this.user = user.id();
    this.balanceUnits = user.balanceUnits();
  }

  int liveLocks() {
    return open.values().stream().mapToInt(Stack::liveLocks).sum();
  }

  int openStacks() {
    return open.size();
  }

  /** Returns the stack on the cheapest offered node that has room for the order. */
  Optional<Stack> stackWithRoom(LockOrder order) {
    Optional<Stack> best = Optional.empty();
    int bestRank = Integer.MAX_VALUE;
    for (Stack stack : open.values()) {
      if (stack.model().equals(order.model()) && stack.freeUnits() >= order.units()) {
        OptionalInt rank = order.rankOf(stack.nodeSmallId());
        if (rank.isPresent() && rank.getAsInt() < bestRank) {
          best = Optional.of(stack);
          bestRank = rank.getAsInt();
        }
      }
    }
    return best;
  }

  /** Takes {@code cost} from the balance; false, and nothing taken, where it does not suffice. */
  boolean pay(BigInteger cost) {
    if (cost.compareTo(BigInteger.valueOf(balanceUnits)) > 0) {
      return false;
    }
    balanceUnits -= cost.longValueExact();
    return true;
  }

  void add(Stack stack) {
    open.put(stack.id(), stack);
  }

  Optional<Stack> openStack(StackId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Sets a stack aside whose last unit was used, so that looking for room stays quick. */
  void setAsideIfExhausted(Stack stack) {
    if (!stack.isExhausted() || open.remove(stack.id()) == null) {
      return;
    }
    exhausted.addLast(stack);
    if (exhausted.size() > EXHAUSTED_STACKS_KEPT) {
      forgottenStacks++;
      forgottenUsedUnits += exhausted.removeFirst().usedUnits();
    }
  }

  List<Books.StackEntry> stackEntries() {
    return Stream.concat(exhausted.stream(), open.values().stream()).map(Stack::entry).toList();
  }

  Books.UserEntry userEntry() {
    return new Books.UserEntry(user, balanceUnits, forgottenStacks, forgottenUsedUnits);
  }
}
