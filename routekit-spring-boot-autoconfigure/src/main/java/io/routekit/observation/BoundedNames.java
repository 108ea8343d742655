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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Names as values of a tag. Names come from callers and servers, so that their number is
 * bounded: those after the first ones are taken together.
 */
final class BoundedNames {

	static final String OTHER = "_OTHER";

	private final int limit;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	BoundedNames(int limit) {
		this.limit = limit;
	}

	String of(@Nullable String name) {
		if (!StringUtils.hasText(name)) {
			return KeyValue.NONE_VALUE;
		}
		if (this.names.contains(name)) {
			return name;
		}
		synchronized (this.names) {
			if (this.names.size() >= this.limit && !this.names.contains(name)) {
				return OTHER;
			}
			this.names.add(name);
			return name;
		}
	}

}
