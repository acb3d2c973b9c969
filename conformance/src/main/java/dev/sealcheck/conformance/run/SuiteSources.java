package dev.sealcheck.conformance.run;

/**
 * Where the checks are.
 *
 * @param featurePackage the folder with the features on the class path, dots for slashes
 * @param gluePackage the package of the steps
 * @param propertyPackage the package of the properties
 */
public record SuiteSources(String featurePackage, String gluePackage, String propertyPackage) {

  /** The checks that the suite carries. */
  public static SuiteSources shipped() {
    return new SuiteSources(
        "features", "dev.sealcheck.conformance.step", "dev.sealcheck.conformance.property");
  }
}
