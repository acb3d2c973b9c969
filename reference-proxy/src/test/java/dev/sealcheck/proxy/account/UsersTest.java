package dev.sealcheck.proxy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsersTest {

  private final Users users = new Users(Fixture.users(0));

  @Test
  void findsEachUserByTheToken() {
    assertThat(users.authenticate("ann")).contains(Fixture.ANN);
    assertThat(users.authenticate("bob")).contains(Fixture.BOB);
  }

  @Test
  void findsNobodyForAnUnknownToken() {
    assertThat(users.authenticate("eve")).isEmpty();
    assertThat(users.authenticate("")).isEmpty();
    assertThat(users.authenticate("Ann")).isEmpty();
  }

  @Test
  void findsNobodyWhereThereIsNobody() {
    assertThat(new Users(List.of()).authenticate("ann")).isEmpty();
  }

  @Test
  void refusesTwoUsersWithOneId() {
    List<User> twins =
        List.of(
            new User(Fixture.ANN, TokenHash.of("a"), 0),
            new User(Fixture.ANN, TokenHash.of("b"), 0));

    assertThatIllegalArgumentException().isThrownBy(() -> new Users(twins));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accounts(AccountSettings.defaults(), twins, new HandClock()));
  }

  @Test
  void refusesTwoUsersWithOneToken() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Users(
                    List.of(
                        new User(Fixture.ANN, TokenHash.of("a"), 0),
                        new User(Fixture.BOB, TokenHash.of("a"), 0))));
  }
}
