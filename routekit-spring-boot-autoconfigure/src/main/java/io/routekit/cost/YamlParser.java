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

package io.routekit.cost;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Parses YAML. A class of its own, since the library is not always there.
 */
final class YamlParser {

	private YamlParser() {
	}

	static Map<?, ?> parse(InputStream stream) {
		LoaderOptions options = new LoaderOptions();
		DumperOptions dumperOptions = new DumperOptions();
		Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumperOptions), dumperOptions, options,
				new TextResolver());
		try {
			Object document = yaml.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
			if (document instanceof Map<?, ?> map) {
				return map;
			}
			throw new IllegalArgumentException("it is no YAML mapping");
		}
		catch (YAMLException ex) {
			throw new IllegalArgumentException("it is no YAML: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Leaves numbers and dates as they are written, since a number would go through a
	 * {@code double}.
	 */
	private static final class TextResolver extends Resolver {

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
			addImplicitResolver(Tag.MERGE, MERGE, "<");
		}

	}

}
