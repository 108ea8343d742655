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

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Names of properties relative to the prefix that they are below. Those of Spring Boot
 * ({@link ConfigurationPropertyName#subName}) end with the sixth element.
 */
final class RelativeNames {

	private RelativeNames() {
	}

	/**
	 * Return the part of a name that follows a prefix.
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
