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

package io.routekit.trace.autoconfigure;

import java.io.IOException;

import io.routekit.ModelConfigurationException;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import io.routekit.trace.TraceWriter;

/**
 * Makes of {@link TraceProperties} what the trace is written by.
 */
final class TraceMapper {

	private static final String PREFIX = "routekit.trace.";

	private final TraceProperties properties;

	TraceMapper(TraceProperties properties) {
		this.properties = properties;
	}

	TraceWriter writer(SecretRedactor secrets, ContentRedactor redactor) {
		try {
			TraceWriter.Builder writer = TraceWriter.builder(this.properties.getDirectory())
				.secrets(secrets)
				.maxFileSize(this.properties.getMaxFileSize())
				.maxHistory(this.properties.getMaxHistory())
				.queueCapacity(this.properties.getQueueCapacity())
				.queueSize(this.properties.getQueueSize());
			return (this.properties.isIncludeContent() ? writer.includeContent(redactor) : writer).build();
		}
		catch (IllegalArgumentException ex) {
			throw new ModelConfigurationException("The trace cannot be written: %s".formatted(ex.getMessage()),
					"Correct the property below '%s', for example '%smax-file-size=100MB'"
						.formatted(PREFIX.substring(0, PREFIX.length() - 1), PREFIX));
		}
		catch (IOException ex) {
			throw new ModelConfigurationException(
					"No file can be created in '%s', the directory of the trace (%s)"
						.formatted(this.properties.getDirectory(), ex.getClass().getSimpleName()),
					"Set '%sdirectory' to a directory that the application can write to, or '%senabled' to false"
						.formatted(PREFIX, PREFIX));
		}
	}

}
