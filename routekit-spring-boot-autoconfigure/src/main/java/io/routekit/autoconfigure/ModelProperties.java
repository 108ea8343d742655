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

package io.routekit.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.Timeouts;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of a model. They are bound for each model, below a prefix of
 * its own.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider")
public final class ModelProperties {

	/**
	 * Type of the provider. If not set, the provider whose key is among the environment
	 * variables is used.
	 */
	private @Nullable String type;

	/**
	 * Type of the provider when there is neither a type nor a key.
	 */
	private @Nullable String defaultType;

	/**
	 * Name of the model, in the provider's words.
	 */
	private @Nullable String model;

	/**
	 * API key of the provider.
	 */
	private @Nullable String apiKey;

	/**
	 * Base URL of the provider's API, to which the path of an operation is appended.
	 */
	private @Nullable String baseUrl;

	/**
	 * Organization that calls are made for.
	 */
	private @Nullable String organization;

	/**
	 * Project that calls are made for.
	 */
	private @Nullable String project;

	/**
	 * Name of the provider in the price catalogue whose prices the model has, or 'free'
	 * if its calls cost nothing, or 'none' if they are never priced. If not set, the
	 * address of the server decides.
	 */
	private @Nullable String priceProvider;

	/**
	 * HTTP headers to send with each call, by name.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final OptionsProperties options = new OptionsProperties();

	private final Timeout timeout = new Timeout();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

	@NestedConfigurationProperty
	private final CircuitBreakerProperties circuitBreaker = new CircuitBreakerProperties();

	@NestedConfigurationProperty
	private final ConcurrencyLimitProperties concurrencyLimit = new ConcurrencyLimitProperties();

	/**
	 * Names of the models to ask, in this order, when this one fails.
	 */
	private List<String> fallback = new ArrayList<>();

	/**
	 * Kinds of failure after which the next model is asked.
	 */
	private @Nullable Set<ModelException.Kind> fallbackOn;

	private final Limit limit = new Limit();

	private final Ssl ssl = new Ssl();

	public @Nullable String getType() {
		return this.type;
	}

	public void setType(@Nullable String type) {
		this.type = type;
	}

	public @Nullable String getDefaultType() {
		return this.defaultType;
	}

	public void setDefaultType(@Nullable String defaultType) {
		this.defaultType = defaultType;
	}

	public @Nullable String getModel() {
		return this.model;
	}

	public void setModel(@Nullable String model) {
		this.model = model;
	}

	public @Nullable String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public @Nullable String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable String getOrganization() {
		return this.organization;
	}

	public void setOrganization(@Nullable String organization) {
		this.organization = organization;
	}

	public @Nullable String getProject() {
		return this.project;
	}

	public void setProject(@Nullable String project) {
		this.project = project;
	}

	public @Nullable String getPriceProvider() {
		return this.priceProvider;
	}

	public void setPriceProvider(@Nullable String priceProvider) {
		this.priceProvider = priceProvider;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public OptionsProperties getOptions() {
		return this.options;
	}

	public Timeout getTimeout() {
		return this.timeout;
	}

	public RetryProperties getRetry() {
		return this.retry;
	}

	public CircuitBreakerProperties getCircuitBreaker() {
		return this.circuitBreaker;
	}

	public ConcurrencyLimitProperties getConcurrencyLimit() {
		return this.concurrencyLimit;
	}

	public List<String> getFallback() {
		return this.fallback;
	}

	public void setFallback(List<String> fallback) {
		this.fallback = fallback;
	}

	public @Nullable Set<ModelException.Kind> getFallbackOn() {
		return this.fallbackOn;
	}

	public void setFallbackOn(@Nullable Set<ModelException.Kind> fallbackOn) {
		this.fallbackOn = fallbackOn;
	}

	public Limit getLimit() {
		return this.limit;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	/**
	 * Timeouts of a call.
	 */
	public static class Timeout {

		/**
		 * Time to establish a connection.
		 */
		private Duration connect = Timeouts.defaults().connect();

		/**
		 * Time from the start of a stream to its first event.
		 */
		private Duration firstEvent = Timeouts.defaults().firstEvent();

		/**
		 * Time between two events of a stream. Keep-alives are no events.
		 */
		private Duration idle = Timeouts.defaults().idle();

		/**
		 * Time for the whole call. If not set, an answer that is not streamed may take 10
		 * minutes, and a stream has no limit.
		 */
		private @Nullable Duration total;

		/**
		 * Time in which the subscriber of a stream may ask for nothing, before the stream
		 * fails and its connection is closed. If not set, it may take any time.
		 */
		private @Nullable Duration subscriber;

		public Duration getConnect() {
			return this.connect;
		}

		public void setConnect(Duration connect) {
			this.connect = connect;
		}

		public Duration getFirstEvent() {
			return this.firstEvent;
		}

		public void setFirstEvent(Duration firstEvent) {
			this.firstEvent = firstEvent;
		}

		public Duration getIdle() {
			return this.idle;
		}

		public void setIdle(Duration idle) {
			this.idle = idle;
		}

		public @Nullable Duration getTotal() {
			return this.total;
		}

		public void setTotal(@Nullable Duration total) {
			this.total = total;
		}

		public @Nullable Duration getSubscriber() {
			return this.subscriber;
		}

		public void setSubscriber(@Nullable Duration subscriber) {
			this.subscriber = subscriber;
		}

	}

	/**
	 * Limits of what a request may hold, and of what is kept of an answer in memory.
	 */
	public static class Limit {

		/**
		 * Largest event of a stream.
		 */
		private DataSize event = Limits.defaults().event();

		/**
		 * Largest answer: as sent if it is not streamed, and what is kept of it or of its
		 * events, by what that takes in memory.
		 */
		private DataSize response = Limits.defaults().response();

		/**
		 * Longest arguments of one tool call.
		 */
		private DataSize toolArguments = Limits.defaults().toolArguments();

		/**
		 * Number of messages that a request may have.
		 */
		private int messages = Limits.defaults().messages();

		/**
		 * Number of parts that a message may have, be it one of a request or an answer:
		 * texts, images, files, reasoning, tool calls and state of the provider.
		 */
		private int parts = Limits.defaults().parts();

		/**
		 * Number of tool calls that a message may have, be it one of a request or an
		 * answer.
		 */
		private int toolCalls = Limits.defaults().toolCalls();

		/**
		 * Number of tools that a request may have.
		 */
		private int tools = Limits.defaults().tools();

		public DataSize getEvent() {
			return this.event;
		}

		public void setEvent(DataSize event) {
			this.event = event;
		}

		public DataSize getResponse() {
			return this.response;
		}

		public void setResponse(DataSize response) {
			this.response = response;
		}

		public DataSize getToolArguments() {
			return this.toolArguments;
		}

		public void setToolArguments(DataSize toolArguments) {
			this.toolArguments = toolArguments;
		}

		public int getMessages() {
			return this.messages;
		}

		public void setMessages(int messages) {
			this.messages = messages;
		}

		public int getParts() {
			return this.parts;
		}

		public void setParts(int parts) {
			this.parts = parts;
		}

		public int getToolCalls() {
			return this.toolCalls;
		}

		public void setToolCalls(int toolCalls) {
			this.toolCalls = toolCalls;
		}

		public int getTools() {
			return this.tools;
		}

		public void setTools(int tools) {
			this.tools = tools;
		}

	}

	/**
	 * TLS of the connections to the server.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle to use.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

}
