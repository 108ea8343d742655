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

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Changes the texts of one exception, of its causes and of what it suppresses. Only if
 * there is anything to change, they are copied, down to a depth that no stack trace of
 * use has.
 *
 * @since 0.1.0
 */
public final class FailureCopy {

	private static final int MAX_DEPTH = 100;

	private final UnaryOperator<String> text;

	private final UnaryOperator<Map<String, Object>> details;

	private final Set<Throwable> copied = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Create a new {@link FailureCopy} instance, for one exception.
	 * @param text changes a text, or returns an equal one
	 * @param details changes the details of a {@link ModelException}, or returns the same
	 * ones
	 */
	public FailureCopy(UnaryOperator<String> text, UnaryOperator<Map<String, Object>> details) {
		Assert.notNull(text, "'text' must not be null");
		Assert.notNull(details, "'details' must not be null");
		this.text = text;
		this.details = details;
	}

	/**
	 * Return an exception with its texts changed.
	 * @param failure the exception
	 * @return the exception, which is the same if nothing is changed; otherwise a copy,
	 * of the same type only if it is a {@link ModelException}
	 */
	public Throwable of(Throwable failure) {
		return isAnyChanged(failure) ? copy(failure, 0) : failure;
	}

	private boolean isAnyChanged(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
		while (!left.isEmpty()) {
			Throwable next = left.pop();
			if (seen.add(next)) {
				if (isChanged(next)) {
					return true;
				}
				if (next.getCause() != null) {
					left.push(next.getCause());
				}
				Collections.addAll(left, next.getSuppressed());
			}
		}
		return false;
	}

	private boolean isChanged(Throwable failure) {
		if (isChanged(failure.toString())) {
			return true;
		}
		return failure instanceof ModelException exception && (isChanged(exception.getProvider())
				|| isChanged(exception.getModel()) || isChanged(exception.getRequestId())
				|| this.details.apply(exception.getDetails()) != exception.getDetails());
	}

	private boolean isChanged(@Nullable String text) {
		return text != null && !this.text.apply(text).equals(text);
	}

	private @Nullable Throwable copyNullable(@Nullable Throwable failure, int depth) {
		return (failure != null && depth < MAX_DEPTH && !this.copied.contains(failure)) ? copy(failure, depth) : null;
	}

	private Throwable copy(Throwable failure, int depth) {
		this.copied.add(failure);
		Throwable cause = copyNullable(failure.getCause(), depth + 1);
		Throwable copy = (failure instanceof ModelException exception) ? copy(exception, cause)
				: new CopiedException(this.text.apply(String.valueOf(failure)), cause);
		copy.setStackTrace(failure.getStackTrace());
		for (Throwable suppressed : failure.getSuppressed()) {
			Throwable copyOfSuppressed = copyNullable(suppressed, depth + 1);
			if (copyOfSuppressed != null) {
				copy.addSuppressed(copyOfSuppressed);
			}
		}
		return copy;
	}

	private ModelException copy(ModelException exception, @Nullable Throwable cause) {
		ModelException.Builder copy = ModelException
			.builder(exception.getKind(), this.text.apply(String.valueOf(exception.getMessage())))
			.cause(cause)
			.provider(apply(exception.getProvider()))
			.model(apply(exception.getModel()))
			.status(exception.getStatus())
			.retryAfter(exception.getRetryAfter())
			.requestId(apply(exception.getRequestId()))
			.retryable(exception.isRetryable());
		this.details.apply(exception.getDetails()).forEach(copy::detail);
		return copy.build();
	}

	private @Nullable String apply(@Nullable String text) {
		return (text != null) ? this.text.apply(text) : null;
	}

	/**
	 * Stands for an exception of which a text was changed, or that of a cause.
	 */
	private static final class CopiedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CopiedException(String text, @Nullable Throwable cause) {
			super(text, cause);
		}

		// The text begins with the type of the exception that it stands for
		@Override
		public String toString() {
			return String.valueOf(getMessage());
		}

	}

}
