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

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.routekit.observation.ModelTotals;
import io.routekit.trace.analysis.CostlyCall;
import io.routekit.trace.analysis.TraceReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what all values have in common: they are equal by what they hold, nobody can
 * change them, and they print neither prompts nor answers.
 */
class ValueContractTests {

	private static final String TEXT = "marker";

	/**
	 * What records call a part of a prompt or an answer.
	 */
	private static final Set<String> CONTENT = Set.of("text", "content", "arguments", "body", "json", "base64",
			"refusal", "explanation");

	/**
	 * Public types that look like values, with the reason why they are none.
	 */
	private static final Map<Class<?>, String> OTHERS = Map.of(CallStart.class, "holds what is under way",
			ModelFilter.class, "does something", TraceReport.class, "is made by an analysis, of totals",
			CostlyCall.class, "is made by an analysis, without content", ModelTotals.class,
			"is made by a ledger, without content");

	@ParameterizedTest
	@MethodSource("types")
	void valuesOfTheSameContentAreEqual(Class<?> type) {
		Object value = Samples.of(type, TEXT);

		assertThat(value).isEqualTo(Samples.of(type, TEXT)).hasSameHashCodeAs(Samples.of(type, TEXT));
		assertThat(value).isNotEqualTo(null).isNotEqualTo("value");
	}

	@ParameterizedTest
	@MethodSource("typesWithContent")
	void valuesOfOtherContentDiffer(Class<?> type) {
		assertThat(Samples.of(type, TEXT)).isNotEqualTo(Samples.of(type, "another"));
	}

	@ParameterizedTest
	@MethodSource("types")
	void noValuePrintsAPromptOrAnAnswer(Class<?> type) {
		Object value = Samples.of(type, TEXT);

		assertThat(value.toString()).startsWith(type.getSimpleName() + "[").doesNotContain(TEXT);
	}

	@ParameterizedTest
	@MethodSource("recordsWithContent")
	void noRecordPrintsContentByTheNameOfAComponent(Class<?> type) throws Exception {
		Class<?>[] components = Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		Constructor<?> constructor = type.getDeclaredConstructor(components);
		constructor.setAccessible(true);
		Object[] arguments = TestArguments.all(constructor);
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = isContent(type.getRecordComponents()[i]) ? TEXT : arguments[i];
		}

		assertThat(constructor.newInstance(arguments).toString()).doesNotContain(TEXT);
	}

	private static boolean isContent(RecordComponent component) {
		return component.getType() == String.class && CONTENT.contains(component.getName());
	}

	@ParameterizedTest
	@MethodSource("types")
	void nobodyCanChangeWhatAValueHolds(Class<?> type) throws Exception {
		Object value = Samples.of(type, TEXT);

		for (Method accessor : accessors(type)) {
			assertFixed(accessor.getName(), accessor.invoke(value));
		}
	}

	private static void assertFixed(String place, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			assertThatExceptionOfType(UnsupportedOperationException.class).as(place)
				.isThrownBy(() -> map.put(null, null));
			map.forEach((name, member) -> assertFixed(place + "." + name, member));
		}
		else if (value instanceof Collection<?> collection) {
			assertThatExceptionOfType(UnsupportedOperationException.class).as(place)
				.isThrownBy(() -> collection.add(null));
			collection.forEach((element) -> assertFixed(place + "[]", element));
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void recordsCopyTheCollectionsThatTheyAreMadeOf(Class<?> type) throws Exception {
		if (!type.isRecord()) {
			return;
		}
		Object value = Samples.of(type, TEXT);
		List<Object> components = new ArrayList<>();
		for (RecordComponent component : type.getRecordComponents()) {
			components.add(changeable(component.getAccessor().invoke(value)));
		}
		Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);

		Object copy = type.getConstructor(parameters).newInstance(components.toArray());
		components.stream().filter(Map.class::isInstance).forEach((map) -> ((Map<?, ?>) map).clear());
		components.stream().filter(List.class::isInstance).forEach((list) -> ((List<?>) list).clear());

		assertThat(copy).isEqualTo(value);
	}

	private static @Nullable Object changeable(@Nullable Object component) {
		if (component instanceof Map<?, ?> map) {
			return new LinkedHashMap<>(map);
		}
		return (component instanceof List<?> list) ? new ArrayList<>(list) : component;
	}

	@ParameterizedTest
	@MethodSource("typesWithBuilder")
	void noBuilderPrintsAPromptOrAnAnswer(Class<?> type) {
		assertThat(invoke(Samples.of(type, TEXT), "mutate").toString()).doesNotContain(TEXT);
	}

	@ParameterizedTest
	@MethodSource("typesWithBuilder")
	void copyOfABuilderIsEqual(Class<?> type) {
		Object value = Samples.of(type, TEXT);

		assertThat(copy(value)).isEqualTo(value).hasSameHashCodeAs(value);
	}

	@ParameterizedTest
	@MethodSource("typesWithBuilder")
	void whatABuilderSetsCountsAndIsCopied(Class<?> type) {
		Object value = Samples.of(type, TEXT);

		for (Method setter : TestArguments.setters(type)) {
			Object builder = invoke(value, "mutate");
			invoke(builder, setter, TestArguments.of(setter, 0));
			Object changed = invoke(builder, "build");
			assertThat(changed).as(setter.toString()).isNotEqualTo(value);
			assertThat(copy(changed)).as(setter.toString()).isEqualTo(changed);
		}
	}

	@Test
	void valuesOfJsonAreCopiedAtAnyDepth() {
		Map<String, Object> values = Samples.values(TEXT);
		Usage usage = Usage.builder().raw(values).build();
		ChatOptions options = ChatOptions.builder().extra(values).build();
		ModelResponse response = ModelResponse.builder().metadata("values", values).build();
		ModelException failure = ModelException.builder(ModelException.Kind.SERVER, "It failed")
			.detail("values", values)
			.build();

		((List<?>) ((Map<?, ?>) values.get("object")).get("list")).clear();
		values.clear();

		Map<String, Object> expected = Samples.values(TEXT);
		assertThat(usage.raw()).isEqualTo(expected);
		assertThat(options.extra()).isEqualTo(expected);
		assertThat(response.metadata()).isEqualTo(Map.of("values", expected));
		assertThat(failure.getDetails()).isEqualTo(Map.of("values", expected));
		assertFixed("details", failure.getDetails());
	}

	@Test
	void valuesOfJsonAreCopiedOnce() {
		Usage usage = Usage.builder().raw(Samples.values(TEXT)).build();
		ModelResponse response = ModelResponse.builder().metadata("raw", usage.raw()).build();
		ChatOptions options = ChatOptions.builder().extra("raw", usage.raw()).build();

		assertThat(usage.mutate().build().raw()).isSameAs(usage.raw());
		assertThat(response.mutate().build().metadata().get("raw")).isSameAs(usage.raw());
		assertThat(options.withDefaults(options.mutate().build()).extra().get("raw")).isSameAs(usage.raw());
	}

	@Test
	void valuesThatContainThemselvesAreRefused() {
		List<Object> itself = new ArrayList<>();
		itself.add(itself);

		assertThatIllegalArgumentException().isThrownBy(() -> ChatOptions.builder().extra("a", itself).build())
			.withMessage("Values must not contain themselves, nor more than 500 others in one another");
	}

	@Test
	void equalTimeoutsAreCompletedEqually() {
		Timeouts explicit = Timeouts.builder().connect(Timeouts.defaults().connect()).build();
		Timeouts others = Timeouts.builder().connect(Duration.ofSeconds(1)).build();

		assertThat(Timeouts.builder().build().withDefaults(others)).isEqualTo(others)
			.isEqualTo(Timeouts.defaults().withDefaults(others));
		assertThat(explicit).isNotEqualTo(Timeouts.defaults());
		assertThat(explicit.withDefaults(others)).isEqualTo(explicit);
	}

	@Test
	void everyValueIsTested() {
		List<Class<?>> values = publicClasses().filter(ValueContractTests::isValue).toList();

		assertThat(values).allSatisfy((type) -> assertThat(Samples.types().contains(type) || OTHERS.containsKey(type))
			.as("%s is a value without a sample in Samples", type.getName())
			.isTrue());
	}

	private static boolean isValue(Class<?> type) {
		boolean builder = Arrays.stream(type.getDeclaredClasses())
			.anyMatch((nested) -> nested.getSimpleName().equals("Builder"));
		boolean comparable = Arrays.stream(type.getDeclaredMethods())
			.anyMatch((method) -> method.getName().equals("equals"));
		boolean copies = Arrays.stream(type.getMethods())
			.anyMatch((method) -> method.getReturnType() == type && !Modifier.isStatic(method.getModifiers())
					&& method.getName().startsWith("with"));
		return !Throwable.class.isAssignableFrom(type) && !type.getPackageName().endsWith(".autoconfigure")
				&& (type.isRecord() || comparable || copies || isOfRoot(type) && builder);
	}

	private static boolean isOfRoot(Class<?> type) {
		return type.getPackage() == Model.class.getPackage();
	}

	static Stream<Class<?>> publicClasses() {
		return classes().filter(ValueContractTests::isPublic);
	}

	private static Stream<Class<?>> classes() {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.routekit")
			.stream()
			.<Class<?>>map(JavaClass::reflect);
	}

	static Stream<Class<?>> recordsWithContent() {
		return classes().filter(Class::isRecord)
			.filter((type) -> Arrays.stream(type.getRecordComponents()).anyMatch(ValueContractTests::isContent));
	}

	private static boolean isPublic(@Nullable Class<?> type) {
		return type == null || Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass());
	}

	private static List<Method> accessors(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
			.filter((method) -> method.getParameterCount() == 0 && !method.isBridge())
			.filter((method) -> Map.class.isAssignableFrom(method.getReturnType())
					|| Collection.class.isAssignableFrom(method.getReturnType()))
			.filter((method) -> !Set.of("describe", "entrySet").contains(method.getName()))
			.filter((method) -> !method.getName().endsWith("AsMap"))
			.toList();
	}

	private static Object copy(Object value) {
		return invoke(invoke(value, "mutate"), "build");
	}

	private static Object invoke(Object target, String method) {
		try {
			return invoke(target, target.getClass().getMethod(method));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object invoke(Object target, Method method, Object... arguments) {
		try {
			return method.invoke(target, arguments);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("%s failed".formatted(method), ex);
		}
	}

	static Set<Class<?>> types() {
		return Samples.types();
	}

	static Set<Class<?>> typesWithContent() {
		return Samples.typesWithContent();
	}

	static Stream<Class<?>> typesWithBuilder() {
		return Samples.types()
			.stream()
			.filter((type) -> Arrays.stream(type.getMethods()).anyMatch((method) -> method.getName().equals("mutate")));
	}

}
