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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

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
	 * Names of classes, since this package depends on no feature.
	 */
	private static final Map<String, String> FEATURES = Map.of("agents",
			"io.routekit.agent.autoconfigure.AgentsProperties", "cost", "io.routekit.cost.autoconfigure.CostProperties",
			"observations", "io.routekit.observation.autoconfigure.ObservationProperties", "provider",
			"io.routekit.autoconfigure.ModelProperties", "recording",
			"io.routekit.trace.autoconfigure.RecordingProperties", "trace",
			"io.routekit.trace.autoconfigure.TraceProperties");

	/**
	 * What has the names that a block gives beside its properties, by the block.
	 */
	private static final Map<String, String> NAMED = Map.of("io.routekit.agent.autoconfigure.AgentsProperties",
			"io.routekit.agent.autoconfigure.AgentProperties");

	private static final String ANY_NAME = "*";

	private final ResolvableType root;

	private final Map<Class<?>, NavigableMap<String, Supplier<ResolvableType>>> members = new LinkedHashMap<>();

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
	 * @return what is not known, or {@code null} if all of it is
	 */
	@Nullable Unknown find(List<String> elements) {
		return find(this.root, elements, 0, null);
	}

	/**
	 * Find what is not known in the name of an environment variable, several of whose
	 * words can be one element.
	 * @param words the words, relative to the root
	 * @param names the names of models, routes and the like that have several words, in
	 * uniform form
	 * @return what is not known, or {@code null} if all of it is
	 */
	@Nullable Unknown findVariable(List<String> words, Set<String> names) {
		return find(this.root, words, 0, names);
	}

	private @Nullable Unknown find(ResolvableType type, List<String> elements, int start, @Nullable Set<String> names) {
		if (start == elements.size()) {
			return null;
		}
		if (Collection.class.isAssignableFrom(type.toClass())) {
			return find(type.asCollection().getGeneric(), elements, start + 1, names);
		}
		boolean map = Map.class.isAssignableFrom(type.toClass());
		ResolvableType value = map ? type.asMap().getGeneric(1) : type;
		if (!isBlock(value)) {
			return map ? null : new Unknown(start, null);
		}
		Unknown furthest = new Unknown(start, map ? null : value.toClass());
		for (int end = start + 1; end <= ((names != null) ? elements.size() : start + 1); end++) {
			String name = String.join("", elements.subList(start, end));
			ResolvableType member = map ? null : member(value.toClass(), name);
			if (member == null && (end == start + 1 || (names != null && names.contains(name)))) {
				member = map ? value : member(value.toClass(), ANY_NAME);
			}
			Unknown unknown = (member != null) ? find(member, elements, end, names) : furthest;
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

	private @Nullable ResolvableType member(Class<?> type, String name) {
		Supplier<ResolvableType> member = members(type).get(name);
		return (member != null) ? member.get() : null;
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
		for (Map.Entry<String, Supplier<ResolvableType>> member : members(unknown.block()).entrySet()) {
			int distance = distance(element, uniform(member.getKey()));
			if (distance < least) {
				least = distance;
				nearest = member.getKey();
			}
			ResolvableType type = member.getValue().get();
			String below = isBlock(type) ? members(type.toClass()).floorKey(element) : null;
			if (below != null && uniform(below).equals(element) && least > 1) {
				least = 1;
				nearest = member.getKey() + "." + below;
			}
		}
		return nearest;
	}

	// The number of letters to insert, to remove, to replace or to swap
	private static int distance(String from, String to) {
		int[][] distances = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				if (i == 0 || j == 0) {
					distances[i][j] = i + j;
					continue;
				}
				boolean same = from.charAt(i - 1) == to.charAt(j - 1);
				int least = Math.min(distances[i - 1][j], distances[i][j - 1]) + 1;
				least = Math.min(least, distances[i - 1][j - 1] + (same ? 0 : 1));
				boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
						&& from.charAt(i - 2) == to.charAt(j - 1);
				distances[i][j] = swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
			}
		}
		return distances[from.length()][to.length()];
	}

	private NavigableMap<String, Supplier<ResolvableType>> members(Class<?> type) {
		NavigableMap<String, Supplier<ResolvableType>> members = this.members.get(type);
		if (members == null) {
			members = read(type);
			this.members.put(type, members);
		}
		return members;
	}

	private static NavigableMap<String, Supplier<ResolvableType>> read(Class<?> type) {
		NavigableMap<String, Supplier<ResolvableType>> members = new TreeMap<>(
				Comparator.comparing(KnownProperties::uniform));
		for (Method method : type.getMethods()) {
			String getter = method.getName();
			int start = getter.startsWith("get") ? 3 : getter.startsWith("is") ? 2 : 0;
			if (start > 0 && method.getDeclaringClass() == type && method.getParameterCount() == 0) {
				add(members, StringUtils.uncapitalize(getter.substring(start)),
						() -> ResolvableType.forMethodReturnType(method));
			}
		}
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				add(members, component.getName(), () -> ResolvableType.forMethodReturnType(component.getAccessor()));
			}
		}
		if (type == ModelProperties.class) {
			add(members, "anthropic", () -> ResolvableType.forClass(AnthropicProperties.class));
			add(members, "azure", () -> ResolvableType.forClass(AzureOpenAiProperties.class));
			add(members, "fake", () -> ResolvableType.forClass(FakeModelProperties.class));
			add(members, "openai", () -> ResolvableType.forClass(CompletionsProperties.class));
		}
		if (type == RouteKitProperties.class) {
			FEATURES.forEach((name, feature) -> add(members, name, () -> resolve(feature, type)));
		}
		String named = NAMED.get(type.getName());
		if (named != null) {
			add(members, ANY_NAME, () -> resolve(named, type));
		}
		return members;
	}

	private static ResolvableType resolve(String name, Class<?> user) {
		return ResolvableType.forClass(ClassUtils.resolveClassName(name, user.getClassLoader()));
	}

	private static void add(NavigableMap<String, Supplier<ResolvableType>> members, String name,
			Supplier<ResolvableType> type) {
		members.put(DataObjectPropertyName.toDashedForm(name), type);
	}

	private static String uniform(String name) {
		return name.replace("-", "");
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

}
