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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown when a call of a model fails. It never carries a key, a prompt or a whole body.
 * The message and the names are fit for one line of a log, whatever the server sent.
 *
 * @since 0.1.0
 */
public final class ModelException extends RuntimeException {

	private static final int MAX_MESSAGE_LENGTH = 4096;

	private final Kind kind;

	private final @Nullable String provider;

	private final @Nullable String model;

	private final @Nullable Integer status;

	private final @Nullable Duration retryAfter;

	private final @Nullable String requestId;

	private final boolean retryable;

	private final Map<String, Object> details;

	private ModelException(Builder builder) {
		super(OneLine.of(builder.message, MAX_MESSAGE_LENGTH), builder.cause);
		this.kind = builder.kind;
		this.provider = name(builder.provider);
		this.model = name(builder.model);
		this.status = builder.status;
		this.retryAfter = builder.retryAfter;
		this.requestId = name(builder.requestId);
		this.retryable = (builder.retryable != null) ? builder.retryable : builder.kind.isRetryable();
		Map<String, Object> details = new LinkedHashMap<>();
		builder.details.forEach((name, value) -> details.put(OneLine.ofName(name), detail(value)));
		this.details = FixedValues.of(details);
	}

	// Objects and lists are data, which is no part of a line
	private static Object detail(Object value) {
		return (value instanceof String text) ? OneLine.of(text, MAX_MESSAGE_LENGTH) : value;
	}

	private static @Nullable String name(@Nullable String name) {
		return (name != null) ? OneLine.ofName(name) : null;
	}

	/**
	 * Create an exception with a kind and a message alone.
	 * @param kind the kind of failure
	 * @param message what went wrong
	 * @return the exception
	 */
	public static ModelException of(Kind kind, String message) {
		return builder(kind, message).build();
	}

	static ModelException invalidRequest(String message) {
		return of(Kind.INVALID_REQUEST, message);
	}

	/**
	 * Return what kind of failure it is.
	 * @return the kind
	 */
	public Kind getKind() {
		return this.kind;
	}

	/**
	 * Return the type of the provider that was called.
	 * @return the type, or {@code null} if none was called
	 */
	public @Nullable String getProvider() {
		return this.provider;
	}

	/**
	 * Return the name of the model that was called.
	 * @return the name, or {@code null} if it is not known
	 */
	public @Nullable String getModel() {
		return this.model;
	}

	/**
	 * Return the HTTP status of the provider's reply.
	 * @return the status, or {@code null} if there was no reply
	 */
	public @Nullable Integer getStatus() {
		return this.status;
	}

	/**
	 * Return how long the provider asks to wait before the next try.
	 * @return the time to wait, or {@code null} if the provider did not say
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Return the id that the provider's support can find the call by.
	 * @return the id, or {@code null} if there is none
	 */
	public @Nullable String getRequestId() {
		return this.requestId;
	}

	/**
	 * Return whether the same call may succeed when it is made again.
	 * @return whether a retry makes sense
	 */
	public boolean isRetryable() {
		return this.retryable;
	}

	/**
	 * Return what else the provider said about the failure, for example the categories of
	 * a content filter, or the parameter that it rejected.
	 * @return values by name, unmodifiable at any depth
	 */
	public Map<String, Object> getDetails() {
		return this.details;
	}

	/**
	 * Return a new builder with what this exception tells, its cause included.
	 * @return the builder
	 */
	public Builder mutate() {
		return mutate(this.kind, String.valueOf(getMessage()));
	}

	/**
	 * Return a new builder with what this exception tells, but for its kind and its
	 * message.
	 * @param kind the kind of failure
	 * @param message what went wrong, without secrets and prompts
	 * @return the builder
	 */
	public Builder mutate(Kind kind, String message) {
		Builder builder = builder(kind, message).cause(getCause())
			.provider(this.provider)
			.model(this.model)
			.status(this.status)
			.retryAfter(this.retryAfter)
			.requestId(this.requestId)
			.retryable(this.retryable);
		this.details.forEach(builder::detail);
		return builder;
	}

	/**
	 * Return a new builder.
	 * @param kind the kind of failure
	 * @param message what went wrong, without secrets and prompts
	 * @return the builder
	 */
	public static Builder builder(Kind kind, String message) {
		return new Builder(kind, message);
	}

	/**
	 * The kinds of failure.
	 * <p>
	 * Further kinds may be added, so code that tells them apart needs a default branch.
	 */
	public enum Kind {

		/**
		 * The key is missing, wrong or expired.
		 */
		AUTHENTICATION(Fault.ACCESS, false),

		/**
		 * The key does not permit this call.
		 */
		PERMISSION(Fault.ACCESS, false),

		/**
		 * The model, deployment or address does not exist.
		 */
		NOT_FOUND(Fault.ACCESS, false),

		/**
		 * The request is wrong.
		 */
		INVALID_REQUEST(Fault.REQUEST, false),

		/**
		 * The conversation is too long for the model.
		 */
		CONTEXT_LENGTH(Fault.REQUEST, false),

		/**
		 * A content filter rejected the prompt or the answer.
		 */
		CONTENT_FILTERED(Fault.REQUEST, false),

		/**
		 * There were too many calls or tokens in a period.
		 */
		RATE_LIMIT(Fault.MODEL, true),

		/**
		 * The account has no quota or credit left.
		 */
		QUOTA(Fault.ACCESS, false),

		/**
		 * The provider is overloaded.
		 */
		OVERLOADED(Fault.MODEL, true),

		/**
		 * The provider failed.
		 */
		SERVER(Fault.MODEL, true),

		/**
		 * The call took too long.
		 */
		TIMEOUT(Fault.MODEL, true),

		/**
		 * The connection failed or broke.
		 */
		NETWORK(Fault.MODEL, true),

		/**
		 * The provider's answer is not what its protocol says.
		 */
		INVALID_RESPONSE(Fault.MODEL, false),

		/**
		 * The call would exceed a budget.
		 */
		BUDGET_EXCEEDED(Fault.LIMIT, false),

		/**
		 * The call was not made, as too many calls of the model failed shortly before.
		 */
		CIRCUIT_OPEN(Fault.LIMIT, false),

		/**
		 * The call was not made, as too many calls of the model were under way, or was
		 * given up, as the answers of all calls took too much memory together.
		 */
		CONCURRENCY_LIMIT(Fault.LIMIT, false);

		private final Fault fault;

		private final boolean retryable;

		Kind(Fault fault, boolean retryable) {
			this.fault = fault;
			this.retryable = retryable;
		}

		/**
		 * Return whose fault a failure of this kind is.
		 * @return the fault
		 */
		public Fault fault() {
			return this.fault;
		}

		/**
		 * Return whether a failure of this kind usually passes.
		 * @return whether a retry makes sense by default
		 */
		public boolean isRetryable() {
			return this.retryable;
		}

		/**
		 * Return the value of the tag {@code error.type} for this kind.
		 * @return the value in snake case, for example {@code rate_limit}
		 */
		public String errorType() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Whose fault a failure is, which decides what it says about a model.
	 */
	public enum Fault {

		/**
		 * The model's, its server's, or that of the way there: it can pass.
		 */
		MODEL,

		/**
		 * That of the access to the model, which somebody has to mend.
		 */
		ACCESS,

		/**
		 * The request's own: other requests may well succeed.
		 */
		REQUEST,

		/**
		 * That of a limit of the application: the call was not made, or given up.
		 */
		LIMIT

	}

	/**
	 * Builder for {@link ModelException}.
	 */
	public static final class Builder {

		private final Kind kind;

		private final String message;

		private @Nullable Throwable cause;

		private @Nullable String provider;

		private @Nullable String model;

		private @Nullable Integer status;

		private @Nullable Duration retryAfter;

		private @Nullable String requestId;

		private @Nullable Boolean retryable;

		private final Map<String, Object> details = new LinkedHashMap<>();

		private Builder(Kind kind, String message) {
			Assert.notNull(kind, "'kind' must not be null");
			Assert.notNull(message, "'message' must not be null");
			this.kind = kind;
			this.message = message;
		}

		/**
		 * Set the cause.
		 * @param cause the cause; its message must hold no secret either
		 * @return this builder
		 */
		public Builder cause(@Nullable Throwable cause) {
			this.cause = cause;
			return this;
		}

		/**
		 * Set the type of the provider that was called.
		 * @param provider the type
		 * @return this builder
		 */
		public Builder provider(@Nullable String provider) {
			this.provider = provider;
			return this;
		}

		/**
		 * Set the name of the model that was called.
		 * @param model the name
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the HTTP status of the provider's reply.
		 * @param status the status
		 * @return this builder
		 */
		public Builder status(@Nullable Integer status) {
			this.status = status;
			return this;
		}

		/**
		 * Set how long the provider asks to wait before the next try.
		 * @param retryAfter the time to wait
		 * @return this builder
		 */
		public Builder retryAfter(@Nullable Duration retryAfter) {
			this.retryAfter = retryAfter;
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
		 * Set whether a retry makes sense, where the kind alone does not tell.
		 * @param retryable whether it does
		 * @return this builder
		 */
		public Builder retryable(boolean retryable) {
			this.retryable = retryable;
			return this;
		}

		/**
		 * Add something else that the provider said.
		 * @param name the name
		 * @param value the value; {@code null} is left out
		 * @return this builder
		 */
		public Builder detail(String name, @Nullable Object value) {
			Assert.notNull(name, "'name' must not be null");
			if (value != null) {
				this.details.put(name, value);
			}
			return this;
		}

		/**
		 * Build the exception.
		 * @return the exception
		 */
		public ModelException build() {
			return new ModelException(this);
		}

	}

}
