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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The answer of a model.
 *
 * @since 0.1.0
 */
public final class ModelResponse {

	private final AssistantMessage message;

	private final @Nullable String refusal;

	private final FinishReason finishReason;

	private final @Nullable String rawFinishReason;

	private final @Nullable Usage usage;

	private final String provider;

	private final @Nullable String model;

	private final @Nullable String id;

	private final @Nullable String requestId;

	private final Map<String, Object> metadata;

	private ModelResponse(Builder builder) {
		this.message = new AssistantMessage(builder.parts);
		this.refusal = builder.refusal;
		this.finishReason = builder.finishReason;
		this.rawFinishReason = name(builder.rawFinishReason);
		this.usage = builder.usage;
		this.provider = builder.provider;
		this.model = name(builder.model);
		this.id = name(builder.id);
		this.requestId = name(builder.requestId);
		this.metadata = FixedValues.of(builder.metadata);
	}

	private ModelResponse(ModelResponse other, @Nullable Usage usage) {
		this.message = other.message;
		this.refusal = other.refusal;
		this.finishReason = other.finishReason;
		this.rawFinishReason = other.rawFinishReason;
		this.usage = usage;
		this.provider = other.provider;
		this.model = other.model;
		this.id = other.id;
		this.requestId = other.requestId;
		this.metadata = other.metadata;
	}

	private static @Nullable String name(@Nullable String name) {
		return (name != null) ? OneLine.ofName(name) : null;
	}

	/**
	 * Create a response with a text.
	 * @param text the text
	 * @return the response
	 */
	public static ModelResponse of(String text) {
		return builder().part(new TextPart(text)).build();
	}

	/**
	 * Return the text of the answer.
	 * @return the text, empty if there is none
	 */
	public String content() {
		return this.message.text();
	}

	/**
	 * Return the tool calls.
	 * @return the calls in their order, empty if there is none
	 */
	public List<ToolCall> toolCalls() {
		return this.message.toolCalls();
	}

	/**
	 * Return the reasoning of the model.
	 * @return the text, or {@code null} if there is none, be it that the provider does
	 * not show it
	 */
	public @Nullable String reasoning() {
		List<ReasoningPart> reasoning = this.message.parts(ReasoningPart.class);
		String text = reasoning.stream().map(ReasoningPart::text).collect(Collectors.joining());
		return text.isEmpty() ? null : text;
	}

	/**
	 * Return why the model refused to answer.
	 * @return the explanation, or {@code null} if it did not refuse
	 */
	public @Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * Return why the model stopped.
	 * @return the reason
	 */
	public FinishReason finishReason() {
		return this.finishReason;
	}

	/**
	 * Return why the model stopped, in the provider's words.
	 * @return the reason, or {@code null} if the provider gave none
	 */
	public @Nullable String rawFinishReason() {
		return this.rawFinishReason;
	}

	/**
	 * Return how many tokens the call took.
	 * @return the usage, or {@code null} if the provider did not report it
	 */
	public @Nullable Usage usage() {
		return this.usage;
	}

	/**
	 * Return the type of the provider that answered.
	 * @return the type
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the name of the model that answered, as the provider reported it.
	 * @return the name, or {@code null} if the provider did not report it
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Return the provider's id of the answer.
	 * @return the id, or {@code null} if there is none
	 */
	public @Nullable String id() {
		return this.id;
	}

	/**
	 * Return the id that the provider's support can find the call by.
	 * @return the id, or {@code null} if there is none
	 */
	public @Nullable String requestId() {
		return this.requestId;
	}

	/**
	 * Return what else the provider reported, such as {@code service_tier}.
	 * @return values by name, unmodifiable at any depth
	 */
	public Map<String, Object> metadata() {
		return this.metadata;
	}

	/**
	 * Return the message for the next turn of the conversation. It loses nothing: text,
	 * reasoning, tool calls and state of the provider are in the provider's order.
	 * @return the message
	 */
	public AssistantMessage toMessage() {
		if (this.refusal == null) {
			return this.message;
		}
		List<AssistantPart> parts = new ArrayList<>(this.message.parts());
		if (parts.isEmpty()) {
			parts.add(new TextPart(this.refusal));
		}
		for (int i = 0; i < parts.size(); i++) {
			if (parts.get(i) instanceof TextPart part && part.text().isEmpty()) {
				parts.set(i, new TextPart(this.refusal, part.state()));
				break;
			}
		}
		return new AssistantMessage(parts);
	}

	/**
	 * Return a copy with another usage.
	 * @param usage the usage
	 * @return the copy
	 */
	public ModelResponse withUsage(@Nullable Usage usage) {
		return new ModelResponse(this, usage);
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of this response.
	 * @return the builder
	 */
	public Builder mutate() {
		Builder builder = new Builder().parts(this.message.parts())
			.refusal(this.refusal)
			.finishReason(this.finishReason, this.rawFinishReason)
			.usage(this.usage)
			.provider(this.provider)
			.model(this.model)
			.id(this.id)
			.requestId(this.requestId);
		builder.metadata.putAll(this.metadata);
		return builder;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ModelResponse other && this.message.equals(other.message)
				&& Objects.equals(this.refusal, other.refusal) && this.finishReason.equals(other.finishReason)
				&& Objects.equals(this.rawFinishReason, other.rawFinishReason)
				&& Objects.equals(this.usage, other.usage) && this.provider.equals(other.provider)
				&& Objects.equals(this.model, other.model) && Objects.equals(this.id, other.id)
				&& Objects.equals(this.requestId, other.requestId) && this.metadata.equals(other.metadata);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.message, this.refusal, this.finishReason, this.rawFinishReason, this.usage,
				this.provider, this.model, this.id, this.requestId, this.metadata);
	}

	@Override
	public String toString() {
		return "ModelResponse[provider=%s, model=%s, id=%s, finishReason=%s, usage=%s]".formatted(this.provider,
				this.model, this.id, this.finishReason, this.usage);
	}

	/**
	 * Builder for {@link ModelResponse}.
	 */
	public static final class Builder {

		private final List<AssistantPart> parts = new ArrayList<>();

		private @Nullable String refusal;

		private FinishReason finishReason = FinishReason.STOP;

		private @Nullable String rawFinishReason;

		private @Nullable Usage usage;

		private String provider = ProviderFacts.UNNAMED;

		private @Nullable String model;

		private @Nullable String id;

		private @Nullable String requestId;

		private final Map<String, Object> metadata = new LinkedHashMap<>();

		private Builder() {
		}

		/**
		 * Add a part of the answer.
		 * @param part the part
		 * @return this builder
		 */
		public Builder part(AssistantPart part) {
			Assert.notNull(part, "'part' must not be null");
			this.parts.add(part);
			return this;
		}

		/**
		 * Add parts of the answer.
		 * @param parts the parts in their order
		 * @return this builder
		 */
		public Builder parts(List<? extends AssistantPart> parts) {
			Assert.notNull(parts, "'parts' must not be null");
			this.parts.addAll(parts);
			return this;
		}

		/**
		 * Set why the model refused to answer.
		 * @param refusal the explanation
		 * @return this builder
		 */
		public Builder refusal(@Nullable String refusal) {
			this.refusal = refusal;
			return this;
		}

		/**
		 * Set why the model stopped.
		 * @param finishReason the reason
		 * @return this builder
		 */
		public Builder finishReason(FinishReason finishReason) {
			return finishReason(finishReason, null);
		}

		/**
		 * Set why the model stopped.
		 * @param finishReason the reason
		 * @param raw the reason in the provider's words
		 * @return this builder
		 */
		public Builder finishReason(FinishReason finishReason, @Nullable String raw) {
			Assert.notNull(finishReason, "'finishReason' must not be null");
			this.finishReason = finishReason;
			this.rawFinishReason = raw;
			return this;
		}

		/**
		 * Set how many tokens the call took.
		 * @param usage the usage
		 * @return this builder
		 */
		public Builder usage(@Nullable Usage usage) {
			this.usage = usage;
			return this;
		}

		/**
		 * Set the type of the provider.
		 * @param provider the type
		 * @return this builder
		 */
		public Builder provider(String provider) {
			Assert.notNull(provider, "'provider' must not be null");
			this.provider = provider;
			return this;
		}

		/**
		 * Set the name of the model that answered.
		 * @param model the name
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the provider's id of the answer.
		 * @param id the id
		 * @return this builder
		 */
		public Builder id(@Nullable String id) {
			this.id = id;
			return this;
		}

		/**
		 * Set the id that the provider's support can find the call by.
		 * @param requestId the id
		 * @return this builder
		 */
		public Builder requestId(@Nullable String requestId) {
			this.requestId = requestId;
			return this;
		}

		/**
		 * Add something else that the provider reported.
		 * @param name the name
		 * @param value the value; {@code null} is left out
		 * @return this builder
		 */
		public Builder metadata(String name, @Nullable Object value) {
			Assert.notNull(name, "'name' must not be null");
			if (value != null) {
				this.metadata.put(name, value);
			}
			return this;
		}

		/**
		 * Build the response.
		 * @return the response
		 */
		public ModelResponse build() {
			return new ModelResponse(this);
		}

	}

}
