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

package io.routekit.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.routekit.anthropic.AnthropicProperties;
import io.routekit.azure.AzureOpenAiProperties;
import io.routekit.completions.CompletionsProperties;
import io.routekit.fake.FakeModelProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The names that properties can have, as the classes tell that they are bound to. In a
 * map whose values have no such class, all names are known.
 */
final class KnownProperties {

	private static final String OWN_PACKAGE = "io.routekit.";

	/**
	 * Names of classes, since each feature keeps its own to itself.
	 */
	private static final Map<String, String> FEATURES = Map.of("cost", "io.routekit.cost.autoconfigure.CostProperties",
			"observations", "io.routekit.observation.autoconfigure.ObservationProperties", "provider",
			"io.routekit.autoconfigure.ModelProperties", "recording",
			"io.routekit.trace.autoconfigure.RecordingProperties", "trace",
			"io.routekit.trace.autoconfigure.TraceProperties");

	private static final Map<String, Class<?>> BLOCKS = Map.of("anthropic", AnthropicProperties.class, "azure",
			AzureOpenAiProperties.class, "fake", FakeModelProperties.class, "openai", CompletionsProperties.class);

	private final ResolvableType root;

	private final Map<Class<?>, Map<String, Member>> members = new LinkedHashMap<>();

	/**
	 * Create a new {@link KnownProperties} instance.
	 * @param root the class that the names are relative to
	 */
	KnownProperties(Class<?> root) {
		this.root = ResolvableType.forClass(root);
	}

	/**
	 * Find what is not known in a name.
	 * @param elements the elements of the name in uniform form, relative to the root
	 * @param variable whether they are the words of an environment variable, so that
	 * several of them can be one element
	 * @return what is not known, or {@code null} if all of it is
	 */
	@Nullable Unknown find(List<String> elements, boolean variable) {
		return find(this.root, elements, 0, variable);
	}

	private @Nullable Unknown find(ResolvableType type, List<String> elements, int start, boolean variable) {
		if (start == elements.size()) {
			return null;
		}
		if (Collection.class.isAssignableFrom(type.toClass())) {
			return find(type.asCollection().getGeneric(), elements, start + 1, variable);
		}
		boolean map = Map.class.isAssignableFrom(type.toClass());
		ResolvableType value = map ? type.asMap().getGeneric(1) : type;
		if (!isBlock(value)) {
			return map ? null : new Unknown(start, null);
		}
		Unknown furthest = new Unknown(start, map ? null : value.toClass());
		for (int end = start + 1; end <= (variable ? elements.size() : start + 1); end++) {
			ResolvableType member = map ? value : member(value.toClass(), elements.subList(start, end));
			Unknown unknown = (member != null) ? find(member, elements, end, variable) : furthest;
			if (unknown == null) {
				return null;
			}
			furthest = (unknown.start() > furthest.start()) ? unknown : furthest;
		}
		return furthest;
	}

	private static boolean isBlock(ResolvableType type) {
		return type.toClass().getName().startsWith(OWN_PACKAGE) && !type.toClass().isEnum();
	}

	private @Nullable ResolvableType member(Class<?> type, List<String> words) {
		Member member = members(type).get(String.join("", words));
		return (member != null) ? member.type() : null;
	}

	/**
	 * Return the known name that is most like one that is not known: a property of the
	 * same block, or one of the same name in a block below.
	 * @param unknown what is not known
	 * @param element the element that is not known, in uniform form
	 * @return the name relative to the block, or {@code null} if there is none like it
	 */
	@Nullable String nearest(Unknown unknown, String element) {
		if (unknown.block() == null) {
			return null;
		}
		String nearest = null;
		int least = Math.max(1, element.length() / 3) + 1;
		for (Map.Entry<String, Member> entry : members(unknown.block()).entrySet()) {
			int distance = distance(element, entry.getKey());
			if (distance < least) {
				least = distance;
				nearest = entry.getValue().name();
			}
			ResolvableType type = entry.getValue().type();
			Member below = isBlock(type) ? members(type.toClass()).get(element) : null;
			if (below != null && least > 1) {
				least = 1;
				nearest = entry.getValue().name() + "." + below.name();
			}
		}
		return nearest;
	}

	// The number of letters to insert, to remove or to replace
	private static int distance(String from, String to) {
		int[] previous = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = previous[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

	private Map<String, Member> members(Class<?> type) {
		Map<String, Member> members = this.members.get(type);
		if (members == null) {
			members = read(type);
			this.members.put(type, members);
		}
		return members;
	}

	private static Map<String, Member> read(Class<?> type) {
		Map<String, Member> members = new TreeMap<>();
		for (Method method : type.getMethods()) {
			String getter = method.getName();
			int start = getter.startsWith("get") ? 3 : getter.startsWith("is") ? 2 : 0;
			if (start > 0 && method.getDeclaringClass() == type && method.getParameterCount() == 0) {
				add(members, StringUtils.uncapitalize(getter.substring(start)),
						ResolvableType.forMethodReturnType(method));
			}
		}
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				add(members, component.getName(), ResolvableType.forMethodReturnType(component.getAccessor()));
			}
		}
		if (type == ModelProperties.class) {
			BLOCKS.forEach((name, block) -> add(members, name, ResolvableType.forClass(block)));
		}
		if (type == RouteKitProperties.class) {
			FEATURES.forEach((name, feature) -> add(members, name,
					ResolvableType.forClass(ClassUtils.resolveClassName(feature, type.getClassLoader()))));
		}
		return members;
	}

	private static void add(Map<String, Member> members, String name, ResolvableType type) {
		Member member = new Member(DataObjectPropertyName.toDashedForm(name), type);
		members.put(member.name().replace("-", ""), member);
	}

	/**
	 * What is not known in a name.
	 *
	 * @param start the index of the first element that is not known
	 * @param block the class of the block that has no such property, or {@code null} if
	 * there is no block but a value
	 */
	record Unknown(int start, @Nullable Class<?> block) {

	}

	/**
	 * A property of a class.
	 *
	 * @param name the name in dashed form
	 * @param type the type of its value
	 */
	private record Member(String name, ResolvableType type) {

	}

}
