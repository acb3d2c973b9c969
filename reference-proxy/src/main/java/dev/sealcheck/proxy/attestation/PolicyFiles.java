package dev.sealcheck.proxy.attestation;

import dev.sealcheck.protocol.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A policy in files that are read for each piece of evidence: a changed list counts at once, and an
 * emulated node may write its root after the proxy has started.
 *
 * @param roots PEM files of one root each, none of them of an emulated authority
 * @param insecureEmulatedRoots PEM files of roots that prove nothing
 * @param allowLists JSON files
 */
public record PolicyFiles(List<Path> roots, List<Path> insecureEmulatedRoots, List<Path> allowLists)
    implements PolicySource {

  private static final int MAX_SIZE_IN_BYTES = 1024 * 1024;

  /** How the subject of every emulated certificate says so, docs/ATTESTATION.md. */
  private static final String EMULATED = "EMULATED";

  /** Parses the content of a file. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] content) throws MalformedMessageException;
  }

  /** Files by their own lists. */
  public PolicyFiles {
    roots = List.copyOf(roots);
    insecureEmulatedRoots = List.copyOf(insecureEmulatedRoots);
    allowLists = List.copyOf(allowLists);
  }

  /**
   * The policy of the files as they are now. Beside emulated roots a file may be missing still: the
   * node that writes it has not started, and nobody is believed for it.
   */
  @Override
  public EvidencePolicy policy() throws IOException {
    Set<X509Certificate> pinned = new HashSet<>(realRoots());
    for (Path file : written(insecureEmulatedRoots)) {
      pinned.add(read(file, CertificateChain::readOne));
    }
    List<AllowList> lists = new ArrayList<>();
    for (Path file : written(allowLists)) {
      lists.add(read(file, AllowList::parse));
    }
    return new EvidencePolicy(pinned, lists);
  }

  private List<Path> written(List<Path> files) {
    return insecureEmulatedRoots.isEmpty() ? files : files.stream().filter(Files::exists).toList();
  }

  /**
   * Reads the roots that are not emulated, which must be there from the start.
   *
   * @throws IOException if one is missing, is no certificate, or is an emulated authority's
   */
  public void requireRealRoots() throws IOException {
    realRoots();
  }

  private Set<X509Certificate> realRoots() throws IOException {
    Set<X509Certificate> real = new HashSet<>();
    for (Path file : roots) {
      X509Certificate root = read(file, CertificateChain::readOne);
      String subject = root.getSubjectX500Principal().getName();
      if (subject.toUpperCase(Locale.ROOT).contains(EMULATED)) {
        throw new IOException(file + " is the root of an emulated authority");
      }
      real.add(root);
    }
    return real;
  }

  private static <T> T read(Path file, Parser<T> parser) throws IOException {
    if (Files.size(file) > MAX_SIZE_IN_BYTES) {
      throw new IOException(file + " is larger than " + MAX_SIZE_IN_BYTES + " bytes");
    }
    try {
      return parser.parse(Files.readAllBytes(file));
    } catch (MalformedMessageException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
