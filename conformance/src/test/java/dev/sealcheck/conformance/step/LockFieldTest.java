package dev.sealcheck.conformance.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sealcheck.conformance.client.StrictJson;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class LockFieldTest {

  private final ObjectNode request = StrictJson.object().put("model", "m").put("timeout", 7);

  @Test
  void writesNumbersThatNoJavaTypeHolds() {
    ObjectNode written =
        StrictJson.parseObject(LockField.UNITS.in(request, "18446744073709551616"));

    assertThat(written.path("max_num_tokens").bigIntegerValue())
        .isEqualTo(BigInteger.ONE.shiftLeft(64));
    assertThat(written.path("model").textValue()).isEqualTo("m");
    assertThat(written.path("timeout").intValue()).isEqualTo(7);
  }

  @Test
  void replacesTheFieldAndLeavesTheRequestAlone() {
    ObjectNode written = StrictJson.parseObject(LockField.TIME.in(request, "1.5"));

    assertThat(written.path("timeout").decimalValue()).isEqualByComparingTo("1.5");
    assertThat(request.path("timeout").intValue()).isEqualTo(7);
  }

  @Test
  void knowsNoWrongValueThatIsAPositiveIntegerWithinTheLimits() {
    for (LockField field : LockField.values()) {
      assertThat(field.wrongValues()).isNotEmpty();
      field
          .wrongValues()
          .forEach(
              (words, json) -> {
                ObjectNode written = StrictJson.parseObject(field.in(request, json));
                var value = written.path(field == LockField.UNITS ? "max_num_tokens" : "timeout");
                BigInteger limit =
                    field == LockField.UNITS
                        ? BigInteger.ONE.shiftLeft(53)
                        : BigInteger.valueOf(601);
                boolean integer = value.isIntegralNumber();
                assertThat(
                        !integer
                            || value.bigIntegerValue().signum() <= 0
                            || value.bigIntegerValue().compareTo(limit) >= 0)
                    .as(words)
                    .isTrue();
              });
    }
  }
}
