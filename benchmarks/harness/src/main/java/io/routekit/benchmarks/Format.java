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

package io.routekit.benchmarks;

import java.net.URI;
import java.util.Locale;

/**
 * A wire format that providers answer in.
 */
public enum Format {

	/**
	 * Chat Completions, as OpenAI's.
	 */
	OPENAI("/v1", "/chat/completions", "gpt-5-mini"),

	/**
	 * Anthropic Messages.
	 */
	ANTHROPIC("", "/v1/messages", "claude-sonnet-4-5"),

	/**
	 * OpenAI's Responses.
	 */
	RESPONSES("/v1", "/responses", "gpt-5-mini");

	private final String base;

	private final String path;

	private final String model;

	Format(String base, String path, String model) {
		this.base = base;
		this.path = path;
		this.model = model;
	}

	/**
	 * Return the format of a name.
	 * @param id the name for the command line
	 * @return the format
	 */
	public static Format of(String id) {
		return valueOf(id.toUpperCase(Locale.ROOT));
	}

	/**
	 * Return the name of the model to ask for.
	 * @return the name
	 */
	public String model() {
		return this.model;
	}

	/**
	 * Return the path that requests are sent to.
	 * @return the path below the base URL
	 */
	public String path() {
		return this.path;
	}

	URI baseUrl(URI server, Workload workload) {
		return server.resolve(workload.path() + this.base);
	}

	/**
	 * Return the name for the command line.
	 * @return the name
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
