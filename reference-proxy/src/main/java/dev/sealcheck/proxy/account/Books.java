package dev.sealcheck.proxy.account;

import java.util.List;
import java.util.Optional;

/**
 * What the accounts hold at one moment, for tests and long runs. The constructors do not judge the
 * numbers: books that do not add up must be shown as they are.
 *
 * @param stacks every stack with units left and the newest exhausted ones, ordered by user
 * @param users every user
 */
public record Books(List<StackEntry> stacks, List<UserEntry> users) {

  /** Keeps copies of both lists. */
  public Books {
    stacks = List.copyOf(stacks);
    users = List.copyOf(users);
  }

  /** Returns the entry of one stack, unless it is unknown or exhausted and forgotten. */
  public Optional<StackEntry> stack(StackId id) {
    return stacks.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** Returns the entry of one user, unless it is unknown. */
  public Optional<UserEntry> user(UserId id) {
    return users.stream().filter(entry -> entry.user().equals(id)).findFirst();
  }

  /**
   * One stack.
   *
   * @param id names the stack
   * @param user whose it is
   * @param nodeSmallId the node it is on
   * @param model the model it serves
   * @param sizeUnits what was bought
   * @param usedUnits what requests were charged
   * @param reservedUnits what live locks and open reservations hold
   * @param liveLocks how many locks wait for a request
   * @param openReservations how many requests are under way
   */
  public record StackEntry(
      StackId id,
      UserId user,
      long nodeSmallId,
      String model,
      long sizeUnits,
      long usedUnits,
      long reservedUnits,
      int liveLocks,
      int openReservations) {

    /** Returns what a new lock could take. */
    public long freeUnits() {
      return sizeUnits - usedUnits - reservedUnits;
    }
  }

  /**
   * One user.
   *
   * @param user names the user
   * @param balanceUnits what is left to spend, in balance units
   * @param forgottenStacks how many exhausted stacks are no longer listed
   * @param forgottenUsedUnits the compute units that were used of those
   */
  public record UserEntry(
      UserId user, long balanceUnits, long forgottenStacks, long forgottenUsedUnits) {}
}
