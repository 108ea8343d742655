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

package io.routekit.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

import org.springframework.util.Assert;

/**
 * The JSON object that is the body of a request. Fields that are not set are left out,
 * and the caller's extra fields take the place of fields of the same name.
 *
 * @since 0.1.0
 */
public final class JsonBody {

	private final ByteArrayBuilder bytes = new ByteArrayBuilder();

	private final JsonGenerator json = WireJson.mapper().createGenerator(this.bytes);

	private final Map<String, Object> extra;

	/**
	 * Create a new {@link JsonBody} instance.
	 * @param extra the extra fields
	 */
	public JsonBody(Map<String, Object> extra) {
		Assert.notNull(extra, "'extra' must not be null");
		this.extra = extra;
		this.json.writeStartObject();
	}

	/**
	 * Write a field.
	 * @param name the name
	 * @param value the value; {@code null} is left out
	 */
	public void put(String name, @Nullable Object value) {
		if (value != null && begin(name)) {
			this.json.writePOJO(value);
		}
	}

	/**
	 * Begin a field whose value the caller writes to {@link #json()}.
	 * @param name the name
	 * @return whether the value shall be written
	 */
	public boolean begin(String name) {
		if (this.extra.containsKey(name)) {
			return false;
		}
		this.json.writeName(name);
		return true;
	}

	/**
	 * Return what values are written with.
	 * @return the generator
	 */
	public JsonGenerator json() {
		return this.json;
	}

	/**
	 * Write the extra fields and the end of the body.
	 * @return the body in UTF-8
	 */
	public byte[] toBytes() {
		this.extra.forEach((name, value) -> {
			this.json.writeName(name);
			this.json.writePOJO(value);
		});
		this.json.writeEndObject();
		this.json.close();
		return this.bytes.toByteArray();
	}

}
