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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options of a call. An option that is not set is not sent, so that the provider's
 * default holds; those that tell how a call is made are never sent.
 *
 * @since 0.1.0
 */
public final class ChatOptions {

	private static final ChatOptions EMPTY = builder().build();

	private final @Nullable String model;

	private final @Nullable Double temperature;

	private final @Nullable Double topP;

	private final @Nullable Integer maxTokens;

	private final @Nullable List<String> stop;

	private final @Nullable Long seed;

	private final @Nullable ToolChoice toolChoice;

	private final @Nullable Boolean parallelToolCalls;

	private final @Nullable ResponseFormat responseFormat;

	private final @Nullable Reasoning reasoning;

	private final @Nullable String serviceTier;

	private final @Nullable String user;

	private final Map<String, Object> extra;

	private final @Nullable Timeouts timeouts;

	private final @Nullable Integer maxRetries;

	private ChatOptions(Builder builder) {
		this.model = builder.model;
		this.temperature = builder.temperature;
		this.topP = builder.topP;
		this.maxTokens = builder.maxTokens;
		this.stop = builder.stop;
		this.seed = builder.seed;
		this.toolChoice = builder.toolChoice;
		this.parallelToolCalls = builder.parallelToolCalls;
		this.responseFormat = builder.responseFormat;
		this.reasoning = builder.reasoning;
		this.serviceTier = builder.serviceTier;
		this.user = builder.user;
		this.extra = FixedValues.of(builder.extra);
		this.timeouts = builder.timeouts;
		this.maxRetries = builder.maxRetries;
	}

	/**
	 * Return options of which none is set.
	 * @return the options
	 */
	public static ChatOptions empty() {
		return EMPTY;
	}

	/**
	 * Return the name of the model.
	 * @return the name, or {@code null} for the configured model
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Return the sampling temperature.
	 * @return the temperature, or {@code null} if not set
	 */
	public @Nullable Double temperature() {
		return this.temperature;
	}

	/**
	 * Return the probability mass to sample from.
	 * @return a value between 0 and 1, or {@code null} if not set
	 */
	public @Nullable Double topP() {
		return this.topP;
	}

	/**
	 * Return the largest number of tokens that the model may generate.
	 * @return the number, or {@code null} if not set
	 */
	public @Nullable Integer maxTokens() {
		return this.maxTokens;
	}

	/**
	 * Return the texts at which the model stops.
	 * @return the texts, or {@code null} if not set
	 */
	public @Nullable List<String> stop() {
		return this.stop;
	}

	/**
	 * Return the seed of sampling.
	 * @return the seed, or {@code null} if not set
	 */
	public @Nullable Long seed() {
		return this.seed;
	}

	/**
	 * Return whether the model may, must or must not call tools.
	 * @return the choice, or {@code null} if not set
	 */
	public @Nullable ToolChoice toolChoice() {
		return this.toolChoice;
	}

	/**
	 * Return whether the model may call several tools in one answer.
	 * @return whether it may, or {@code null} if not set
	 */
	public @Nullable Boolean parallelToolCalls() {
		return this.parallelToolCalls;
	}

	/**
	 * Return the format that the answer must have.
	 * @return the format, or {@code null} if not set
	 */
	public @Nullable ResponseFormat responseFormat() {
		return this.responseFormat;
	}

	/**
	 * Return how much the model should reason.
	 * @return the effort or budget, or {@code null} if not set
	 */
	public @Nullable Reasoning reasoning() {
		return this.reasoning;
	}

	/**
	 * Return the service tier to ask for.
	 * @return the tier in the provider's words, or {@code null} if not set
	 */
	public @Nullable String serviceTier() {
		return this.serviceTier;
	}

	/**
	 * Return the id of the end user.
	 * @return the id, or {@code null} if not set
	 */
	public @Nullable String user() {
		return this.user;
	}

	/**
	 * Return further top-level fields of the request body. They win over fields of the
	 * same name.
	 * @return the fields: any values that JSON knows; maps and collections among them are
	 * unmodifiable at any depth
	 */
	public Map<String, Object> extra() {
		return this.extra;
	}

	/**
	 * Return how long the call may take. They are not sent.
	 * @return the timeouts, or {@code null} for those of the model
	 */
	public @Nullable Timeouts timeouts() {
		return this.timeouts;
	}

	/**
	 * Return how often the call is tried again after a failure that may pass. It is not
	 * sent.
	 * @return the number, or {@code null} for that of the model
	 */
	public @Nullable Integer maxRetries() {
		return this.maxRetries;
	}

	/**
	 * Return these options, completed by others where they are not set.
	 * @param defaults the options to use where these are not set
	 * @return the merged options
	 */
	public ChatOptions withDefaults(ChatOptions defaults) {
		Assert.notNull(defaults, "'defaults' must not be null");
		if (defaults == EMPTY) {
			return this;
		}
		Builder merged = new Builder();
		merged.model = firstNonNull(this.model, defaults.model);
		merged.temperature = firstNonNull(this.temperature, defaults.temperature);
		merged.topP = firstNonNull(this.topP, defaults.topP);
		merged.maxTokens = firstNonNull(this.maxTokens, defaults.maxTokens);
		merged.stop = firstNonNull(this.stop, defaults.stop);
		merged.seed = firstNonNull(this.seed, defaults.seed);
		merged.toolChoice = firstNonNull(this.toolChoice, defaults.toolChoice);
		merged.parallelToolCalls = firstNonNull(this.parallelToolCalls, defaults.parallelToolCalls);
		merged.responseFormat = firstNonNull(this.responseFormat, defaults.responseFormat);
		merged.reasoning = firstNonNull(this.reasoning, defaults.reasoning);
		merged.serviceTier = firstNonNull(this.serviceTier, defaults.serviceTier);
		merged.user = firstNonNull(this.user, defaults.user);
		merged.extra.putAll(defaults.extra);
		merged.extra.putAll(this.extra);
		merged.timeouts = firstNonNull(this.timeouts, defaults.timeouts);
		merged.maxRetries = firstNonNull(this.maxRetries, defaults.maxRetries);
		return merged.build();
	}

	private static <T> @Nullable T firstNonNull(@Nullable T value, @Nullable T other) {
		return (value != null) ? value : other;
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with these options.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ChatOptions other && Objects.equals(this.model, other.model)
				&& Objects.equals(this.temperature, other.temperature) && Objects.equals(this.topP, other.topP)
				&& Objects.equals(this.maxTokens, other.maxTokens) && Objects.equals(this.stop, other.stop)
				&& Objects.equals(this.seed, other.seed) && Objects.equals(this.toolChoice, other.toolChoice)
				&& Objects.equals(this.parallelToolCalls, other.parallelToolCalls)
				&& Objects.equals(this.responseFormat, other.responseFormat)
				&& Objects.equals(this.reasoning, other.reasoning)
				&& Objects.equals(this.serviceTier, other.serviceTier) && Objects.equals(this.user, other.user)
				&& this.extra.equals(other.extra) && Objects.equals(this.timeouts, other.timeouts)
				&& Objects.equals(this.maxRetries, other.maxRetries);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.model, this.temperature, this.topP, this.maxTokens, this.stop, this.seed,
				this.toolChoice, this.parallelToolCalls, this.responseFormat, this.reasoning, this.serviceTier,
				this.user, this.extra, this.timeouts, this.maxRetries);
	}

	/**
	 * Return which options are set, without what can be part of a prompt.
	 */
	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(", ", "ChatOptions[", "]");
		add(text, "model", (this.model != null) ? OneLine.ofName(this.model) : null);
		add(text, "temperature", this.temperature);
		add(text, "topP", this.topP);
		add(text, "maxTokens", this.maxTokens);
		add(text, "stop", (this.stop != null) ? this.stop.size() + " texts" : null);
		add(text, "seed", this.seed);
		add(text, "toolChoice", this.toolChoice);
		add(text, "parallelToolCalls", this.parallelToolCalls);
		add(text, "responseFormat", this.responseFormat);
		add(text, "reasoning", this.reasoning);
		add(text, "serviceTier", this.serviceTier);
		add(text, "extra", this.extra.isEmpty() ? null : this.extra.keySet());
		add(text, "timeouts", this.timeouts);
		add(text, "maxRetries", this.maxRetries);
		return text.toString();
	}

	private static void add(StringJoiner text, String name, @Nullable Object value) {
		if (value != null) {
			text.add(name + "=" + value);
		}
	}

	/**
	 * Builder for {@link ChatOptions}.
	 */
	public static final class Builder {

		private @Nullable String model;

		private @Nullable Double temperature;

		private @Nullable Double topP;

		private @Nullable Integer maxTokens;

		private @Nullable List<String> stop;

		private @Nullable Long seed;

		private @Nullable ToolChoice toolChoice;

		private @Nullable Boolean parallelToolCalls;

		private @Nullable ResponseFormat responseFormat;

		private @Nullable Reasoning reasoning;

		private @Nullable String serviceTier;

		private @Nullable String user;

		private final Map<String, Object> extra = new LinkedHashMap<>();

		private @Nullable Timeouts timeouts;

		private @Nullable Integer maxRetries;

		private Builder() {
		}

		private Builder(ChatOptions options) {
			this.model = options.model;
			this.temperature = options.temperature;
			this.topP = options.topP;
			this.maxTokens = options.maxTokens;
			this.stop = options.stop;
			this.seed = options.seed;
			this.toolChoice = options.toolChoice;
			this.parallelToolCalls = options.parallelToolCalls;
			this.responseFormat = options.responseFormat;
			this.reasoning = options.reasoning;
			this.serviceTier = options.serviceTier;
			this.user = options.user;
			this.extra.putAll(options.extra);
			this.timeouts = options.timeouts;
			this.maxRetries = options.maxRetries;
		}

		/**
		 * Set the name of the model.
		 * @param model the name
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			Assert.isTrue(model == null || !model.isBlank(), "'model' must not be blank");
			this.model = model;
			return this;
		}

		/**
		 * Set the sampling temperature.
		 * @param temperature the temperature
		 * @return this builder
		 */
		public Builder temperature(@Nullable Double temperature) {
			this.temperature = temperature;
			return this;
		}

		/**
		 * Set the probability mass to sample from.
		 * @param topP a value between 0 and 1
		 * @return this builder
		 */
		public Builder topP(@Nullable Double topP) {
			this.topP = topP;
			return this;
		}

		/**
		 * Set the largest number of tokens that the model may generate.
		 * @param maxTokens the number
		 * @return this builder
		 */
		public Builder maxTokens(@Nullable Integer maxTokens) {
			Assert.isTrue(maxTokens == null || maxTokens >= 0,
					() -> "'maxTokens' must not be negative but is " + maxTokens);
			this.maxTokens = maxTokens;
			return this;
		}

		/**
		 * Set the texts at which the model stops.
		 * @param stop the texts
		 * @return this builder
		 */
		public Builder stop(String... stop) {
			Assert.notNull(stop, "'stop' must not be null");
			return stop(Arrays.asList(stop));
		}

		/**
		 * Set the texts at which the model stops.
		 * @param stop the texts
		 * @return this builder
		 */
		public Builder stop(@Nullable List<String> stop) {
			Assert.noNullElements(stop, "'stop' must not contain null elements");
			this.stop = (stop != null) ? List.copyOf(stop) : null;
			return this;
		}

		/**
		 * Set the seed of sampling.
		 * @param seed the seed
		 * @return this builder
		 */
		public Builder seed(@Nullable Long seed) {
			this.seed = seed;
			return this;
		}

		/**
		 * Set whether the model may, must or must not call tools.
		 * @param toolChoice the choice
		 * @return this builder
		 */
		public Builder toolChoice(@Nullable ToolChoice toolChoice) {
			this.toolChoice = toolChoice;
			return this;
		}

		/**
		 * Set whether the model may call several tools in one answer.
		 * @param parallelToolCalls whether it may
		 * @return this builder
		 */
		public Builder parallelToolCalls(@Nullable Boolean parallelToolCalls) {
			this.parallelToolCalls = parallelToolCalls;
			return this;
		}

		/**
		 * Set the format that the answer must have.
		 * @param responseFormat the format
		 * @return this builder
		 */
		public Builder responseFormat(@Nullable ResponseFormat responseFormat) {
			this.responseFormat = responseFormat;
			return this;
		}

		/**
		 * Set how much the model should reason.
		 * @param reasoning the effort or budget
		 * @return this builder
		 */
		public Builder reasoning(@Nullable Reasoning reasoning) {
			this.reasoning = reasoning;
			return this;
		}

		/**
		 * Set the service tier to ask for.
		 * @param serviceTier the tier in the provider's words
		 * @return this builder
		 */
		public Builder serviceTier(@Nullable String serviceTier) {
			this.serviceTier = serviceTier;
			return this;
		}

		/**
		 * Set the id of the end user.
		 * @param user the id
		 * @return this builder
		 */
		public Builder user(@Nullable String user) {
			this.user = user;
			return this;
		}

		/**
		 * Add a further top-level field of the request body.
		 * @param name the name of the field
		 * @param value the value: anything that JSON knows
		 * @return this builder
		 */
		public Builder extra(String name, Object value) {
			Assert.notNull(name, "'name' must not be null");
			Assert.notNull(value, "'value' must not be null");
			this.extra.put(name, value);
			return this;
		}

		/**
		 * Add further top-level fields of the request body.
		 * @param extra the fields by name
		 * @return this builder
		 */
		public Builder extra(Map<String, ?> extra) {
			Assert.notNull(extra, "'extra' must not be null");
			this.extra.putAll(extra);
			return this;
		}

		/**
		 * Remove all further fields of the body.
		 * @return this builder
		 */
		public Builder clearExtra() {
			this.extra.clear();
			return this;
		}

		/**
		 * Set how long the call may take. What they leave open is as configured for the
		 * model.
		 * @param timeouts the timeouts
		 * @return this builder
		 */
		public Builder timeouts(@Nullable Timeouts timeouts) {
			this.timeouts = timeouts;
			return this;
		}

		/**
		 * Set how often the call is tried again after a failure that may pass.
		 * @param maxRetries the number, 0 for a single attempt
		 * @return this builder
		 */
		public Builder maxRetries(@Nullable Integer maxRetries) {
			Assert.isTrue(maxRetries == null || maxRetries >= 0, "'maxRetries' must not be negative");
			this.maxRetries = maxRetries;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public ChatOptions build() {
			return new ChatOptions(this);
		}

	}

}
