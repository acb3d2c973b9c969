package dev.sealcheck.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses proxy =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sealcheck.proxy");

  @Test
  void theProxyCannotOpenABody() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sealcheck.protocol.crypto..", "javax.crypto..")
        .check(proxy);
  }

  @Test
  void unitsAreCountedWithoutHttpOrJson() {
    noClasses()
        .that()
        .resideInAPackage("dev.sealcheck.proxy.account..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "com.fasterxml..", "java.net..")
        .check(proxy);
  }
}
