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

import java.lang.ref.SoftReference;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link JsonTypes} of the class path, and keeps it as long as there is memory,
 * so that types of an application that was stopped do not stay for ever.
 */
final class DefaultJsonTypes {

	private static volatile @Nullable SoftReference<JsonTypes> found;

	private DefaultJsonTypes() {
	}

	static JsonTypes get() {
		SoftReference<JsonTypes> reference = found;
		JsonTypes types = (reference != null) ? reference.get() : null;
		return (types != null) ? types : find();
	}

	private static synchronized JsonTypes find() {
		SoftReference<JsonTypes> reference = found;
		JsonTypes types = (reference != null) ? reference.get() : null;
		if (types == null) {
			types = load();
			found = new SoftReference<>(types);
		}
		return types;
	}

	private static JsonTypes load() {
		try {
			return ServiceLoader.load(JsonTypes.class, JsonTypes.class.getClassLoader())
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("There is no JsonTypes on the class path"));
		}
		catch (ServiceConfigurationError ex) {
			if (ex.getCause() instanceof IllegalStateException missing) {
				throw new IllegalStateException(missing.getMessage(), ex);
			}
			throw ex;
		}
	}

}
