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

package io.routekit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the structure of the main code. A rule about classes that nobody has written
 * yet holds until somebody writes them.
 */
class ArchitectureTests {

	private static final String[] PROVIDERS = { "openai", "azure", "anthropic", "fake" };

	/**
	 * The classes that use regular expressions, with the reason why nobody outside can
	 * make them go back over a text again and again, or overflow the stack.
	 */
	private static final Map<String, String> PATTERNS = Map.of("io.routekit.Tool",
			"has no group and stops after 65 characters", "io.routekit.cost.autoconfigure.CostMapper",
			"looks for a space, in a message about the configuration", "io.routekit.autoconfigure.ModelSettingsMapper",
			"is possessive and has no group", "io.routekit.cost.Hours", "splits at a hyphen, in a catalogue",
			"io.routekit.wire.ErrorClassifier", "is possessive, and a message has 2,048 characters at most",
			"io.routekit.secret.SecretRedactor", "splits at classes of characters", "io.routekit.wire.ToolCallIds",
			"has classes of characters only", "io.routekit.anthropic.ClaudeName", "is possessive but for two digits",
			"io.routekit.observation.TagKeys", "checks the configuration", "io.routekit.responses.ModelName",
			"goes on one character at a time, and never back");

	private static final JavaClasses mainClasses = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.routekit");

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("(**)").should().beFreeOfCycles());
	}

	@Test
	void featuresHaveNoCycles() {
		check(slices().matching("io.routekit.(*)..")
			.should()
			.beFreeOfCycles()
			.ignoreDependency(JavaClass.Predicates.resideInAPackage("..autoconfigure"),
					DescribedPredicate.alwaysTrue()));
	}

	@Test
	void apiDependsOnNothingBelowIt() {
		check(noClasses().that()
			.resideInAPackage("io.routekit")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.routekit.*.."));
	}

	@Test
	void nothingDependsOnAutoConfiguration() {
		check(noClasses().that()
			.resideOutsideOfPackage("io.routekit..autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.routekit..autoconfigure"));
	}

	@Test
	void autoConfigurationOfModelsDependsOnNoFeature() {
		check(noClasses().that()
			.resideInAPackage("io.routekit.autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.routekit.actuate..", "io.routekit.cost..", "io.routekit.observation..",
					"io.routekit.trace.."));
	}

	@Test
	void nothingDependsOnWhatIsForTests() {
		check(noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.routekit.test..", "org.assertj..", "org.junit..", "org.mockito..",
					"org.springframework.boot.test..", "org.springframework.test..", "reactor.test.."));
	}

	@ParameterizedTest
	@FieldSource("PROVIDERS")
	void providerDoesNotDependOnAnother(String provider) {
		check(noClasses().that()
			.resideInAPackage(packageOf(provider))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(providerPackages())
				.and(JavaClass.Predicates.resideOutsideOfPackage(packageOf(provider)))));
	}

	@Test
	void wireTypesOfProvidersAreNotPublic() {
		check(classes().that()
			.resideInAnyPackage(providerPackages())
			.and()
			.haveNameMatching(".*(Wire[^.]*|Reader|Writer|Protocol)")
			.should()
			.notBePublic());
	}

	@Test
	void environmentVariablesComeFromTheSpringEnvironment() {
		check(noClasses().should().accessTargetWhere(methodOf("getenv", System.class)));
	}

	@Test
	void nothingBlocks() {
		check(noClasses().should()
			.accessTargetWhere(
					methodOf("block.*|toIterable|toStream|sleep", Mono.class, Flux.class, Thread.class, TimeUnit.class)
						.as("a method that blocks")));
	}

	@Test
	void wireFormatsKnowNothingOfTheirTransport() {
		check(noClasses().that()
			.resideInAPackage("io.routekit.wire")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor..", "io.netty..", "org.springframework.web..", "io.routekit.http"));
	}

	@Test
	void analysisNeedsNothingButItsJar() {
		check(classes().that()
			.resideInAPackage("io.routekit.trace.analysis")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates
				.resideInAnyPackage("io.routekit.trace.analysis", "java..", "tools.jackson.core..", "org.jspecify..")
				.or(JavaClass.Predicates.type(OneLine.class))));
	}

	@Test
	void textFromOutsideIsReadWithoutPatterns() {
		List<String> users = mainClasses.stream()
			.filter((type) -> type.getMethodCallsFromSelf().stream().anyMatch(ArchitectureTests::usesPattern))
			.map((type) -> outermost(type).getName())
			.distinct()
			.toList();
		assertThat(users).as("Classes that use regular expressions").isNotEmpty().isSubsetOf(PATTERNS.keySet());
	}

	@Test
	void whatIsLoggedOfAnExceptionIsInOneLine() {
		List<JavaMethodCall> logged = mainClasses.stream()
			.flatMap((type) -> type.getMethodCallsFromSelf().stream())
			.filter((call) -> call.getTargetOwner().isAssignableTo(Log.class)
					&& call.getTarget().getRawParameterTypes().size() == 2)
			.toList();
		assertThat(logged).isNotEmpty()
			.allSatisfy((call) -> assertThat(call.getOrigin().getMethodCallsFromSelf())
				.filteredOn((other) -> other.getTargetOwner().isEquivalentTo(OneLine.class)
						&& other.getLineNumber() >= call.getLineNumber())
				.as(call.getDescription())
				.isNotEmpty());
	}

	private static boolean usesPattern(JavaAccess<?> access) {
		String owner = access.getTargetOwner().getName();
		boolean text = owner.equals(String.class.getName())
				&& List.of("matches", "replaceAll", "replaceFirst", "split", "splitWithDelimiters")
					.contains(access.getName());
		return text || owner.equals(Pattern.class.getName()) || owner.equals(Scanner.class.getName())
				|| owner.endsWith("PathMatcher") || owner.endsWith("PatternMatchUtils");
	}

	@Test
	void onlyClassesOfAnHttpClientDependOnIt() {
		check(noClasses().that(areNotPartOfClass("ReactorNetty"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor.netty..", "io.netty.."));
		check(noClasses().that(areNotPartOfClass("Jetty"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.eclipse.jetty.."));
		check(noClasses().that(areNotPartOfClass("HttpComponents"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache.hc.."));
	}

	@Test
	void publicClassesAreFinalUnlessMadeForExtension() {
		check(classes().that()
			.arePublic()
			.and(areNotMadeForExtension())
			.and()
			.areTopLevelClasses()
			.and()
			.areNotInterfaces()
			.and()
			.areNotEnums()
			.and()
			.doNotHaveModifier(JavaModifier.ABSTRACT)
			.should()
			.haveModifier(JavaModifier.FINAL));
	}

	@Test
	void namesSayTheRole() {
		check(noClasses().should()
			.haveNameMatching(
					".*\\.(utils?|helpers?|impl|common|misc)\\..*|.*(Utils?|Helper|Impl|Manager)(\\$.*)?|.*[.$]Abstract[^.]*"));
	}

	@Test
	void autoConfigurationsArePublicFinalClassesOfAnAutoConfigurePackage() {
		check(classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.andShould()
			.resideInAPackage("..autoconfigure.."));
	}

	@Test
	void autoConfigurationsAreAnnotated() {
		check(classes().that()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.should()
			.beAnnotatedWith(AutoConfiguration.class));
	}

	@Test
	void autoConfigurationsHaveNoPublicMethod() {
		check(methods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic());
	}

	@Test
	void beanMethodsAreNotPublic() {
		check(methods().that().areAnnotatedWith(Bean.class).should().notBePublic());
	}

	@Test
	void importsFileListsEveryAutoConfigurationInOrder() {
		List<String> listed = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((candidate) -> candidate.startsWith("io.routekit."))
			.toList();
		List<String> annotated = mainClasses.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.sorted()
			.toList();
		assertThat(listed).isEqualTo(annotated);
	}

	@Test
	void everyPackageIsNullMarked() {
		List<JavaPackage> packages = mainClasses.stream().map(JavaClass::getPackage).distinct().toList();
		assertThat(packages).isNotEmpty()
			.allSatisfy(
					(javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName())
						.isTrue());
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(mainClasses);
	}

	private static String[] providerPackages() {
		return Arrays.stream(PROVIDERS).map(ArchitectureTests::packageOf).toArray(String[]::new);
	}

	private static String packageOf(String provider) {
		return "io.routekit." + provider + "..";
	}

	private static DescribedPredicate<JavaAccess<?>> methodOf(String name, Class<?>... owners) {
		return DescribedPredicate.describe("the method '%s' of %s".formatted(name, List.of(owners)),
				(access) -> access.getName().matches(name)
						&& List.of(owners).stream().anyMatch((owner) -> access.getTargetOwner().isAssignableTo(owner)));
	}

	private static DescribedPredicate<JavaClass> areNotMadeForExtension() {
		return DescribedPredicate.describe("have no protected member",
				(type) -> type.getMembers()
					.stream()
					.noneMatch((member) -> member.getModifiers().contains(JavaModifier.PROTECTED)));
	}

	private static DescribedPredicate<JavaClass> areNotPartOfClass(String prefix) {
		return DescribedPredicate.describe("are not part of a class whose name begins with " + prefix,
				(type) -> !outermost(type).getSimpleName().startsWith(prefix));
	}

	private static JavaClass outermost(JavaClass type) {
		JavaClass outermost = type;
		while (outermost.getEnclosingClass().isPresent()) {
			outermost = outermost.getEnclosingClass().get();
		}
		return outermost;
	}

}
