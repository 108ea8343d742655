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

package io.routekit.benchmarks.suite;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.routekit.benchmarks.Format;

/**
 * A client to measure.
 */
enum Adapter {

	/**
	 * Bare Reactor Netty, which only counts lines.
	 */
	FLOOR("floor"),

	/**
	 * The same with Jackson's streaming parser.
	 */
	FLOOR_JSON("floor"),

	/**
	 * Spring's WebClient, which binds answers to records.
	 */
	WEBCLIENT("webclient", EnumSet.of(Format.OPENAI, Format.ANTHROPIC)),

	/**
	 * The same as Spring Boot configures it, with an observation of each request.
	 */
	WEBCLIENT_OBSERVED("webclient", EnumSet.of(Format.OPENAI, Format.ANTHROPIC)),

	/**
	 * RouteKit as it is used, with metering and prices.
	 */
	ROUTEKIT("routekit"),

	/**
	 * RouteKit without observations.
	 */
	ROUTEKIT_UNMETERED("routekit"),

	/**
	 * Spring AI.
	 */
	SPRING_AI("spring-ai", EnumSet.of(Format.OPENAI, Format.ANTHROPIC)),

	/**
	 * LangChain4j.
	 */
	LANGCHAIN4J("langchain4j", EnumSet.of(Format.OPENAI, Format.ANTHROPIC)),

	/**
	 * OpenAI's own client.
	 */
	OPENAI_JAVA("openai-java", EnumSet.of(Format.OPENAI, Format.RESPONSES)),

	/**
	 * Anthropic's own client.
	 */
	ANTHROPIC_JAVA("anthropic-java", EnumSet.of(Format.ANTHROPIC));

	private final String module;

	private final Set<Format> formats;

	Adapter(String module) {
		this(module, EnumSet.allOf(Format.class));
	}

	Adapter(String module, Set<Format> formats) {
		this.module = module;
		this.formats = formats;
	}

	static Adapter of(String id) {
		return Arrays.stream(values())
			.filter((adapter) -> adapter.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no adapter '%s'".formatted(id)));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the module that has the client on its class path.
	 * @return the module
	 */
	String module() {
		return this.module;
	}

	/**
	 * Return the wire formats that it speaks.
	 * @return the wire formats
	 */
	Set<Format> formats() {
		return this.formats;
	}

}
