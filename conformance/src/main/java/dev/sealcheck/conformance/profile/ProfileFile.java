package dev.sealcheck.conformance.profile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sealcheck.conformance.exchange.BearerToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user wrote down of a target; docs/PROFILE.md tells about each key.
 *
 * @param proxy the base address of the proxy
 * @param tokens the ordinary users, in the order of the files
 * @param node what is told of a node; {@link NodeParts#complete} makes it usable
 * @param profile everything else; without the node
 */
public record ProfileFile(
    Optional<URI> proxy, List<BearerToken> tokens, NodeParts node, Profile profile) {

  private static final long LIMIT_BYTES = 1 << 20;

  /** Copies the list. */
  public ProfileFile {
    tokens = List.copyOf(tokens);
  }

  /** Where the user wrote nothing. */
  public static ProfileFile none() {
    return new ProfileFile(Optional.empty(), List.of(), NodeParts.none(), Profile.unknown());
  }

  /**
   * The YAML profile in {@code file}, with the tokens and keys in the files that it names.
   *
   * @throws ProfileException if it cannot be read, does not fit the schema, or names a file that is
   *     missing or wrong
   */
  public static ProfileFile load(Path file) {
    JsonNode tree = tree(file);
    List<String> errors = ProfileSchema.load().errors(tree);
    if (!errors.isEmpty()) {
      throw new ProfileException(errors);
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.getRoot());
    return new ProfileReader(tree, new NamedFiles(folder)).read();
  }

  private static JsonNode tree(Path file) {
    YAMLMapper mapper = new YAMLMapper();
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new ProfileException("the profile is larger than 1 MiB: " + file);
      }
      return mapper.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      // The message would repeat the text, which is not a profile and may be a secret.
      throw new ProfileException(
          "the profile is not YAML, or has a key twice" + place(e.getLocation()) + ": " + file);
    } catch (IOException e) {
      throw new ProfileException("the profile cannot be read: " + file);
    }
  }

  private static String place(JsonLocation location) {
    return location == null || location.getLineNr() < 1 ? "" : ", line " + location.getLineNr();
  }
}
