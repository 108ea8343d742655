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

package io.routekit.json;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a value as the tree that it is.
 *
 * @param <T> the type of the value
 */
final class TreeSerializer<T> extends StdSerializer<T> {

	private final Function<T, ? extends @Nullable JsonNode> writer;

	TreeSerializer(Class<T> type, Function<T, ? extends @Nullable JsonNode> writer) {
		super(type);
		this.writer = writer;
	}

	@Override
	public void serialize(T value, JsonGenerator generator, SerializationContext context) {
		context.writeTree(generator, this.writer.apply(value));
	}

	// The form tells the type by itself
	@Override
	public void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
			TypeSerializer typeSerializer) {
		serialize(value, generator, context);
	}

}
