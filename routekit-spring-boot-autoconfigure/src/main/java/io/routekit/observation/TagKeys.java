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

package io.routekit.observation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The keys of a request's tags that become keys of meters and spans. Each always has a
 * value, since meters need the same keys each time.
 */
final class TagKeys {

	private static final int MAX_KEYS = 10;

	private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*([._-][a-z0-9]+)*");

	private final List<TagKey> keys = new ArrayList<>();

	/**
	 * Create a new {@link TagKeys} instance.
	 * @param keys the keys
	 * @throws IllegalArgumentException if a key cannot be one of a meter or resembles
	 * another, or if there are too many
	 */
	TagKeys(Collection<String> keys) {
		Assert.notNull(keys, "'keys' must not be null");
		Assert.isTrue(keys.size() <= MAX_KEYS,
				() -> "There are %d keys of tags, and at most %d are possible".formatted(keys.size(), MAX_KEYS));
		Set<String> exported = new HashSet<>();
		for (String key : keys) {
			Assert.isTrue(KEY.matcher(key).matches(),
					() -> "The key '%s' of a tag is not of lower-case letters and digits in words that are separated by '.', '_' or '-'"
						.formatted(key));
			// As Prometheus names it
			Assert.isTrue(exported.add(key.replaceAll("[.-]", "_")),
					() -> "The key '%s' of a tag is there twice, or differs from another one in a separator only"
						.formatted(key));
			this.keys.add(new TagKey(key, ModelObservationDocumentation.TAG_PREFIX + key));
		}
	}

	KeyValues values(Map<String, String> tags) {
		return KeyValues.of(this.keys, TagKey::key, (tagKey) -> {
			String value = tags.get(tagKey.requestKey());
			return StringUtils.hasText(value) ? value : KeyValue.NONE_VALUE;
		});
	}

	/**
	 * A key.
	 *
	 * @param requestKey the key in requests
	 * @param key the key in meters and spans
	 */
	private record TagKey(String requestKey, String key) {

	}

}
