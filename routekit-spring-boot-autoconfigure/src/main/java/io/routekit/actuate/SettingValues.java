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

package io.routekit.actuate;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Writes values of settings as people write them in configuration.
 */
final class SettingValues {

	private static final long KILOBYTE = DataSize.ofKilobytes(1).toBytes();

	private static final long MEGABYTE = DataSize.ofMegabytes(1).toBytes();

	private SettingValues() {
	}

	static Map<String, Object> readable(Map<?, ?> values) {
		Map<String, Object> readable = new LinkedHashMap<>();
		values.forEach((name, value) -> {
			if (value != null) {
				readable.put(String.valueOf(name), readable(value));
			}
		});
		return readable;
	}

	private static Object readable(Object value) {
		if (value instanceof Map<?, ?> map) {
			return readable(map);
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().filter(Objects::nonNull).map(SettingValues::readable).toList();
		}
		if (value instanceof Number || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		if (value instanceof DataSize size) {
			return readable(size);
		}
		return (value instanceof URI address) ? withoutSecrets(address) : value.toString();
	}

	private static String readable(DataSize size) {
		long bytes = size.toBytes();
		if (bytes % MEGABYTE == 0) {
			return bytes / MEGABYTE + "MB";
		}
		return (bytes % KILOBYTE == 0) ? bytes / KILOBYTE + "KB" : bytes + "B";
	}

	/**
	 * Return an address without what can be a secret.
	 * @param address the address
	 * @return the address without user, query and fragment
	 */
	static String withoutSecrets(URI address) {
		return UriComponentsBuilder.fromUri(address).userInfo(null).replaceQuery(null).fragment(null).toUriString();
	}

}
