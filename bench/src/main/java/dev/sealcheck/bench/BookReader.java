package dev.sealcheck.bench;

import dev.sealcheck.proxy.account.Books;
import dev.sealcheck.proxy.account.UserId;
import java.util.List;
import java.util.function.ToLongFunction;

/** Sums over the proxy's books at one moment, in compute units unless the name says otherwise. */
final class BookReader {

  private final Books books;

  BookReader(Books books) {
    this.books = books;
  }

  /** What one user was charged, exhausted and forgotten stacks included. */
  long usedUnits(UserId user) {
    return sum(user, Books.StackEntry::usedUnits) + entry(user).forgottenUsedUnits();
  }

  /** What one user's locks and running requests hold. */
  long reservedUnits(UserId user) {
    return sum(user, Books.StackEntry::reservedUnits);
  }

  /** How many stacks one user has bought. */
  long stacks(UserId user) {
    return sum(user, stack -> 1) + entry(user).forgottenStacks();
  }

  /** What one user has left to spend, in balance units. */
  long balanceUnits(UserId user) {
    return entry(user).balanceUnits();
  }

  /** What all users' locks and running requests hold. */
  long reservedUnits() {
    return books.stacks().stream().mapToLong(Books.StackEntry::reservedUnits).sum();
  }

  /** How many locks wait and requests run. */
  long open() {
    return books.stacks().stream()
        .mapToLong(stack -> stack.liveLocks() + stack.openReservations())
        .sum();
  }

  /** The stacks on which more is used and reserved than they hold, or less than nothing. */
  List<Books.StackEntry> overbooked() {
    return books.stacks().stream()
        .filter(
            stack -> stack.usedUnits() < 0 || stack.reservedUnits() < 0 || stack.freeUnits() < 0)
        .toList();
  }

  private long sum(UserId user, ToLongFunction<Books.StackEntry> units) {
    return books.stacks().stream()
        .filter(stack -> stack.user().equals(user))
        .mapToLong(units)
        .sum();
  }

  private Books.UserEntry entry(UserId user) {
    return books
        .user(user)
        .orElseThrow(() -> new IllegalStateException("no books for user " + user.value()));
  }
}
