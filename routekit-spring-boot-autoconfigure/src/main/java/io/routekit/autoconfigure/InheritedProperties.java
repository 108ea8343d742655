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

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Shows the properties below one prefix as if they were below another one.
 */
final class InheritedProperties implements IterableConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName to;

	private final Predicate<ConfigurationPropertyName> filter;

	/**
	 * Create a new {@link InheritedProperties} instance.
	 * @param source the properties
	 * @param from the prefix that they have
	 * @param to the prefix to show them below
	 * @param filter tells which to show, by their names relative to the prefix
	 */
	InheritedProperties(ConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName to, Predicate<ConfigurationPropertyName> filter) {
		this.source = source;
		this.from = from;
		this.to = to;
		this.filter = filter;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ConfigurationPropertyName inherited = moved(name, this.to, this.from);
		ConfigurationProperty property = (inherited != null && isShown(inherited))
				? this.source.getConfigurationProperty(inherited) : null;
		return (property != null) ? new ConfigurationProperty(name, property.getValue(), property.getOrigin()) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		ConfigurationPropertyName inherited = name.equals(this.to) ? this.from : moved(name, this.to, this.from);
		return (inherited != null && (inherited.equals(this.from) || isShown(inherited)))
				? this.source.containsDescendantOf(inherited) : ConfigurationPropertyState.ABSENT;
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		if (!(this.source instanceof IterableConfigurationPropertySource iterable)) {
			return Stream.empty();
		}
		return iterable.stream()
			.filter((name) -> this.from.isAncestorOf(name) && isShown(name))
			.flatMap((name) -> Stream.ofNullable(moved(name, this.from, this.to)));
	}

	private boolean isShown(ConfigurationPropertyName name) {
		return this.filter.test(NamesOfProperties.below(this.from, name));
	}

	private static @Nullable ConfigurationPropertyName moved(ConfigurationPropertyName name,
			ConfigurationPropertyName from, ConfigurationPropertyName to) {
		return from.isAncestorOf(name) ? NamesOfProperties.move(name, from, to) : null;
	}

}
