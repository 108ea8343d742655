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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.routekit.ModelConfigurationException;
import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ObjectUtils;

/**
 * The names that properties below a prefix give to models, routes or agents. A name that
 * is spelled in several ways is one, spelled as in the source that all others override.
 * An environment variable does not tell where a name in it ends: it belongs to a name of
 * the other sources if there is one that fits, and otherwise makes a name of one word
 * only.
 */
final class NamesOfProperties {

	private final Environment environment;

	private final String kind;

	private final String prefix;

	private final ConfigurationPropertyName parent;

	private final KnownProperties known;

	private final Map<ConfigurationPropertyName, String> names = new LinkedHashMap<>();

	private final Set<ConfigurationPropertyName> configured = new HashSet<>();

	private final Map<ConfigurationPropertyName, ConfigurationPropertyName> unknown = new LinkedHashMap<>();

	/**
	 * Create a new {@link NamesOfProperties} instance.
	 * @param environment the environment
	 * @param kind what has the names, for messages
	 * @param prefix the prefix that is followed by the names
	 * @param type the class that the properties below a name are bound to
	 */
	NamesOfProperties(Environment environment, String kind, String prefix, Class<?> type) {
		this.environment = environment;
		this.kind = kind;
		this.prefix = prefix;
		this.parent = ConfigurationPropertyName.of(prefix);
		this.known = new KnownProperties(type);
	}

	/**
	 * Return the prefixes of the properties of each name.
	 * @return the prefixes by the names
	 * @throws ModelConfigurationException if a name is not what was written
	 */
	Map<String, String> prefixes() {
		List<IterableConfigurationPropertySource> variables = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				if (isEnvironment(source)) {
					variables.add(iterable);
				}
				else {
					checkSpelling(source.getUnderlyingSource());
					iterable.stream().filter(this.parent::isAncestorOf).forEach((name) -> add(name, source));
				}
			}
		}
		variables.forEach((source) -> source.stream().filter(this.parent::isAncestorOf).forEach(this::readVariable));
		this.unknown.forEach(this::checkNoDot);
		variables.forEach((source) -> source.stream().filter(this.parent::isAncestorOf).forEach(this::addVariable));
		Map<String, String> prefixes = new LinkedHashMap<>();
		this.names.forEach((key, name) -> {
			String other = prefixes.put(name, key.toString());
			if (other != null) {
				throw new ModelConfigurationException(
						"'%s' and '%s' are two %ss of the same name".formatted(other, key, this.kind),
						"Write the name in the same way everywhere");
			}
		});
		return prefixes;
	}

	/**
	 * Return one of a kind, for a message.
	 * @param kind the kind
	 * @return the kind with its article
	 */
	static String one(String kind) {
		return ("aeiou".indexOf(kind.charAt(0)) >= 0) ? "an " + kind : "a " + kind;
	}

	/**
	 * Return whether a source has environment variables, in whose names words stand side
	 * by side.
	 * @param source the source
	 * @return whether it has
	 */
	static boolean isEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/**
	 * Return the elements of a name after its first ones.
	 * @param name the name
	 * @param start the number of elements to leave out
	 * @return the elements in uniform form
	 */
	static List<String> elements(ConfigurationPropertyName name, int start) {
		return IntStream.range(start, name.getNumberOfElements())
			.mapToObj((i) -> name.getElement(i, Form.UNIFORM))
			.toList();
	}

	// The binder leaves out, without a word, what no name of a property can have
	private void checkSpelling(@Nullable Object source) {
		if (source instanceof EnumerablePropertySource<?> properties) {
			for (String property : properties.getPropertyNames()) {
				int start = this.prefix.length() + 1;
				if (property.startsWith(this.prefix + ".")) {
					int end = start;
					while (end < property.length() && ".[".indexOf(property.charAt(end)) < 0) {
						end++;
					}
					checkSpelling(OneLine.ofName(property.substring(start, end)));
				}
			}
		}
	}

	private void checkSpelling(String name) {
		if (!name.chars().allMatch((c) -> c == '-' || c == '_' || isPlain(Character.toLowerCase(c)))) {
			throw new ModelConfigurationException(
					"'%s.%s' is not the name of %s: some of its characters cannot be in the name of a property"
						.formatted(this.prefix, name, one(this.kind)),
					"Put the name into brackets: '%1$s[%2$s]', which is \"[%2$s]\" in YAML, or give the %3$s another name"
						.formatted(this.prefix, name, this.kind));
		}
	}

	private static boolean isPlain(int character) {
		return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
	}

	private void add(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		ConfigurationPropertyName key = name.chop(this.parent.getNumberOfElements() + 1);
		this.names.put(key, key.getElement(this.parent.getNumberOfElements(), Form.ORIGINAL));
		List<String> rest = elements(name, key.getNumberOfElements());
		if (rest.isEmpty()) {
			checkNoValue(source.getConfigurationProperty(name));
		}
		else if (isKnown(rest)) {
			this.configured.add(key);
		}
		else if (end(rest) > 0) {
			this.unknown.put(key, name);
		}
	}

	private boolean isKnown(List<String> elements) {
		return this.known.find(elements) == null;
	}

	// Where the name may end if it goes on after a dot
	private int end(List<String> elements) {
		return IntStream.range(1, elements.size())
			.filter((i) -> isKnown(elements.subList(i, elements.size())))
			.findFirst()
			.orElse(-1);
	}

	private void checkNoValue(@Nullable ConfigurationProperty property) {
		if (property != null && !ObjectUtils.isEmpty(property.getValue())) {
			throw new ModelConfigurationException(
					"'%s' has a value, but is the name of %s%s".formatted(property.getName(), one(this.kind),
							PropertyOrigins.at(property)),
					"Set properties of the %s below '%s'".formatted(this.kind, property.getName()));
		}
	}

	private void checkNoDot(ConfigurationPropertyName key, ConfigurationPropertyName name) {
		int start = key.getNumberOfElements();
		List<String> rest = elements(name, start);
		boolean number = Character.isDigit(rest.get(0).charAt(0));
		if (number || !(this.configured.contains(key) || rest.get(0).equals(inheritedType()))) {
			String dotted = name.chop(start + end(rest)).toString().substring(this.prefix.length() + 1);
			throw new ModelConfigurationException(
					"'%s' configures %s of the name '%s', which has no property '%s'".formatted(name, one(this.kind),
							this.names.get(key), String.join(".", rest)),
					"If the name is '%2$s', put it into brackets: '%1$s[%2$s]', which is \"[%2$s]\" in YAML"
						.formatted(this.prefix, dotted));
		}
	}

	// The block of a provider of the application is no part of the name
	private String inheritedType() {
		String type = PropertiesBindHandler.binder(this.environment)
			.bind("routekit.provider.type", String.class)
			.orElse("");
		return ConfigurationPropertyName.adapt(type, '.').isEmpty() ? ""
				: ConfigurationPropertyName.adapt(type, '.').getElement(0, Form.UNIFORM);
	}

	private void readVariable(ConfigurationPropertyName name) {
		List<String> words = elements(name, this.parent.getNumberOfElements());
		for (ConfigurationPropertyName key : this.names.keySet()) {
			int end = end(words, key);
			if (end > 0 && this.known.findVariable(words.subList(end, words.size()), Collections.emptySet()) == null) {
				this.configured.add(key);
			}
		}
	}

	private void addVariable(ConfigurationPropertyName name) {
		List<String> words = elements(name, this.parent.getNumberOfElements());
		if (words.size() > 1 && this.names.keySet().stream().noneMatch((key) -> end(words, key) > 0)
				&& this.known.findVariable(words.subList(1, words.size()), Collections.emptySet()) == null) {
			this.names.put(name.chop(this.parent.getNumberOfElements() + 1), words.get(0));
		}
	}

	// Where the words end that are the name, if they are
	private int end(List<String> words, ConfigurationPropertyName key) {
		String name = key.getElement(this.parent.getNumberOfElements(), Form.UNIFORM).toLowerCase(Locale.ROOT);
		return IntStream.range(1, words.size())
			.filter((end) -> String.join("", words.subList(0, end)).equals(name))
			.findFirst()
			.orElse(-1);
	}

	/**
	 * Return the part of a name that follows a prefix. That of Spring Boot
	 * ({@link ConfigurationPropertyName#subName}) fails for more than six elements.
	 * @param name the name
	 * @param prefix the prefix, an ancestor of the name
	 * @return the relative name
	 */
	static ConfigurationPropertyName below(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
		return ConfigurationPropertyName.adapt(rest(prefix, name), '.');
	}

	/**
	 * Return a name below another prefix than its own.
	 * @param name the name
	 * @param from the prefix that the name is below
	 * @param to the prefix of the name to return
	 * @return the name
	 */
	static ConfigurationPropertyName move(ConfigurationPropertyName name, ConfigurationPropertyName from,
			ConfigurationPropertyName to) {
		return ConfigurationPropertyName.adapt(to + rest(from, name), '.');
	}

	private static String rest(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
		StringBuilder rest = new StringBuilder();
		for (int i = prefix.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.ORIGINAL);
			rest.append(name.chop(i + 1).isLastElementIndexed() ? "[" + element + "]" : "." + element);
		}
		return rest.toString();
	}

}
