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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;

import io.routekit.trace.analysis.TraceAnalysis;
import io.routekit.trace.analysis.TraceQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.util.Assert;

/**
 * {@link Endpoint @Endpoint} that analyzes the trace of an application. It reads all of
 * the files, on a thread that may block.
 *
 * @since 0.1.0
 */
@Endpoint(id = "routekittrace", defaultAccess = Access.READ_ONLY)
public final class RouteKitTraceEndpoint {

	private final Path directory;

	/**
	 * Create a new {@link RouteKitTraceEndpoint} instance.
	 * @param directory the directory of the trace
	 */
	public RouteKitTraceEndpoint(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		this.directory = directory;
	}

	@ReadOperation
	Map<String, @Nullable Object> analyze(@Nullable String by, @Nullable String from, @Nullable String to,
			@Nullable String model, @Nullable String run, @Nullable String tag, @Nullable Integer top) {
		TraceAnalysis analysis = new TraceAnalysis(query(by, from, to, model, run, tag, top));
		try {
			// There may be no directory until there is a call
			return (Files.exists(this.directory) ? analysis.read(this.directory) : analysis).report().asMap();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The trace could not be read", ex);
		}
	}

	private static TraceQuery query(@Nullable String by, @Nullable String from, @Nullable String to,
			@Nullable String model, @Nullable String run, @Nullable String tag, @Nullable Integer top) {
		try {
			return TraceQuery.builder()
				.by((by != null) ? by : TraceQuery.DEFAULT.by())
				.from(day(from))
				.to(day(to))
				.model(model)
				.run(run)
				.tags(tags(tag))
				.top((top != null) ? top : TraceQuery.DEFAULT.top())
				.build();
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
	}

	private static @Nullable LocalDate day(@Nullable String text) {
		return (text != null) ? LocalDate.parse(text) : null;
	}

	private static Map<String, String> tags(@Nullable String tag) {
		if (tag == null) {
			return Collections.emptyMap();
		}
		int separator = tag.indexOf('=');
		Assert.isTrue(separator > 0, () -> "'tag' must be <key>=<value> but is '%s'".formatted(tag));
		return Map.of(tag.substring(0, separator), tag.substring(separator + 1));
	}

}
