/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.test;

import java.util.List;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the structure of the main code of this module, and for what holds between it
 * and the one that it tests.
 */
class ArchitectureTests {

	private static final JavaClasses allClasses = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.routekit");

	private static final JavaClasses mainClasses = allClasses
		.that(JavaClass.Predicates.resideInAPackage("io.routekit.test.."));

	@Test
	void bothModulesAreThere() {
		assertThat(mainClasses).hasSizeGreaterThan(20);
		assertThat(allClasses).hasSizeGreaterThan(mainClasses.size() + 100);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("(**)").should().beFreeOfCycles().check(allClasses);
	}

	@Test
	void featuresHaveNoCycles() {
		slices().matching("io.routekit.(*)..")
			.should()
			.beFreeOfCycles()
			.ignoreDependency(JavaClass.Predicates.resideInAPackage("..autoconfigure"), DescribedPredicate.alwaysTrue())
			.check(allClasses);
	}

	@Test
	void nothingElseDependsOnWhatIsForTests() {
		noClasses().that()
			.resideOutsideOfPackage("io.routekit.test..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.routekit.test..", "org.assertj..", "org.junit..", "org.mockito..",
					"org.springframework.boot.test..", "org.springframework.test..", "reactor.test..")
			.check(allClasses);
	}

	@Test
	void nothingDependsOnAutoConfiguration() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.routekit.autoconfigure", "io.routekit.actuate.autoconfigure",
					"io.routekit.cost.autoconfigure", "io.routekit.observation.autoconfigure",
					"io.routekit.secret.autoconfigure", "io.routekit.trace.autoconfigure")
			.check(mainClasses);
	}

	@Test
	void environmentVariablesComeFromTheSpringEnvironment() {
		noClasses().should().callMethod(System.class, "getenv", String.class).check(mainClasses);
	}

	@Test
	void nothingBlocks() {
		noClasses().should()
			.accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe("a method that blocks",
					(access) -> access.getName().matches("block.*|toIterable|toStream|sleep")
							&& (access.getTargetOwner().isAssignableTo(Mono.class)
									|| access.getTargetOwner().isAssignableTo(Flux.class)
									|| access.getTargetOwner().isAssignableTo(Thread.class))))
			.check(mainClasses);
	}

	@Test
	void onlyNamesOfPropertiesAreReadByPatterns() {
		noClasses().that()
			.doNotHaveSimpleName("FakeModelPropertySource")
			.should()
			.accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe("a pattern",
					(access) -> access.getTargetOwner().isEquivalentTo(Pattern.class) || access.getTargetOwner()
						.isEquivalentTo(String.class)
							&& List.of("matches", "replaceAll", "replaceFirst", "split").contains(access.getName())))
			.check(mainClasses);
	}

	@Test
	void exceptionsAreNotLogged() {
		assertThat(mainClasses.stream().flatMap((type) -> type.getMethodCallsFromSelf().stream()))
			.filteredOn((call) -> call.getTargetOwner().isAssignableTo(Log.class))
			.isNotEmpty()
			.allSatisfy((call) -> assertThat(call.getTarget().getRawParameterTypes().size()).as(call.getDescription())
				.isLessThan(2));
	}

	@Test
	void onlyTheServerDependsOnReactorNetty() {
		noClasses()
			.that(DescribedPredicate.describe("are not part of a class whose name begins with ReactorNetty",
					(type) -> !type.getName().startsWith("io.routekit.test.server.ReactorNetty")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor.netty..", "io.netty..")
			.check(mainClasses);
	}

	@Test
	void publicClassesAreFinal() {
		classes().that()
			.arePublic()
			.and()
			.areNotInterfaces()
			.and()
			.areNotEnums()
			.should()
			.haveModifier(JavaModifier.FINAL)
			.check(mainClasses);
	}

	@Test
	void namesSayTheRole() {
		noClasses().should()
			.haveNameMatching(
					".*\\.(utils?|helpers?|impl|common|misc)\\..*|.*(Utils?|Helper|Impl|Manager)(\\$.*)?|.*[.$]Abstract[^.]*")
			.check(mainClasses);
	}

	@Test
	void everyPackageIsNullMarked() {
		List<JavaPackage> packages = mainClasses.stream().map(JavaClass::getPackage).distinct().toList();

		assertThat(packages).hasSize(3)
			.allSatisfy(
					(javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName())
						.isTrue());
	}

}
