package dev.sealcheck.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses node =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sealcheck.node");

  @Test
  void onlyTheEnclaveOpensAndSeals() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sealcheck.node.enclave..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sealcheck.protocol.crypto..")
        .check(node);
  }

  @Test
  void theEnclaveWritesNoLog() {
    noClasses()
        .that()
        .resideInAPackage("dev.sealcheck.node.enclave..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.slf4j..")
        .check(node);
  }
}
