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

import io.routekit.OneLine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads a value of the tree that it is.
 *
 * @param <T> the type of the value
 */
final class TreeDeserializer<T> extends StdDeserializer<T> {

	private static final int MAX_LENGTH = 256;

	private final Class<T> type;

	private final Function<JsonNode, ?> reader;

	TreeDeserializer(Class<T> type, Function<JsonNode, ?> reader) {
		super(type);
		this.type = type;
		this.reader = reader;
	}

	@Override
	public T deserialize(JsonParser parser, DeserializationContext context) {
		Object value;
		try {
			value = this.reader.apply(JsonNodes.read(parser));
		}
		catch (JacksonException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			return context.reportInputMismatch(this, "Not the JSON of %s: %s", this.type.getSimpleName(),
					OneLine.of(String.valueOf(ex.getMessage()), MAX_LENGTH));
		}
		if (!this.type.isInstance(value)) {
			return context.reportInputMismatch(this, "Not the JSON of %s", this.type.getSimpleName());
		}
		return this.type.cast(value);
	}

	@Override
	public Object deserializeWithType(JsonParser parser, DeserializationContext context,
			TypeDeserializer typeDeserializer) {
		return deserialize(parser, context);
	}

}
