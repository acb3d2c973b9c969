package dev.sealcheck.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealcheck.protocol.wire.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option comes from that the command line does not give: the environment, else the
 * configuration file, under the same name. {@code --max-body-bytes} is {@code
 * PREFIX_MAX_BODY_BYTES} and {@code max_body_bytes}.
 */
public final class SettingsSource implements IDefaultValueProvider {

  private final String prefix;
  private final Map<String, String> environment;
  private final JsonNode file;

  /** Looks names up in {@code environment}, with {@code prefix} before them, then in the file. */
  public SettingsSource(String prefix, Map<String, String> environment, JsonNode file) {
    this.prefix = prefix;
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /**
   * The source for a command line that may name its configuration file.
   *
   * @param fileOption the option that names it, as {@code --config}
   * @throws IOException if that file cannot be read
   */
  public static SettingsSource of(
      String prefix, Map<String, String> environment, String[] arguments, String fileOption)
      throws IOException {
    for (int i = 0; i < arguments.length; i++) {
      String file = null;
      if (arguments[i].startsWith(fileOption + "=")) {
        file = arguments[i].substring(fileOption.length() + 1);
      } else if (arguments[i].equals(fileOption) && i + 1 < arguments.length) {
        file = arguments[i + 1];
      }
      if (file != null) {
        return new SettingsSource(prefix, environment, YamlFile.read(Path.of(file)));
      }
    }
    return new SettingsSource(prefix, environment, StrictJson.newObject());
  }

  /**
   * Checks that every key of the file means something.
   *
   * @param command whose options the file may hold
   * @param others the keys that are no options
   * @throws IOException if another key stands there; the message names it
   */
  public void requireKnownKeys(CommandLine command, Set<String> others) throws IOException {
    Set<String> known = new TreeSet<>(others);
    for (OptionSpec option : command.getCommandSpec().options()) {
      known.add(nameOf(option));
    }
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IOException(
            "the configuration file has the unknown key "
                + entry.getKey()
                + "; known are "
                + String.join(", ", known));
      }
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = nameOf(option);
    String fromEnvironment = environment.get(prefix + name.toUpperCase(Locale.ROOT));
    if (fromEnvironment != null) {
      return fromEnvironment;
    }
    JsonNode fromFile = file.get(name);
    return fromFile != null && fromFile.isValueNode() && !fromFile.isNull()
        ? fromFile.asText()
        : null;
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "").replace('-', '_');
  }
}
