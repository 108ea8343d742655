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

package io.routekit.secret;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.routekit.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of one exception. Only if it, a cause or what is suppressed holds
 * one, they are copied, down to a depth that no stack trace of use has.
 */
final class RedactedFailure {

	private static final int MAX_DEPTH = 100;

	private final SecretRedactor secrets;

	private final Set<Throwable> copied = Collections.newSetFromMap(new IdentityHashMap<>());

	RedactedFailure(SecretRedactor secrets) {
		this.secrets = secrets;
	}

	Throwable of(Throwable failure) {
		return holdsSecret(failure) ? copy(failure, 0) : failure;
	}

	private boolean holdsSecret(Throwable failure) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
		while (!left.isEmpty()) {
			Throwable next = left.pop();
			if (seen.add(next)) {
				if (isSecret(next)) {
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

	private boolean isSecret(Throwable failure) {
		String text = failure.toString();
		if (text != null && !this.secrets.redact(text).equals(text)) {
			return true;
		}
		return failure instanceof ModelException exception && (isSecret(exception.getProvider())
				|| isSecret(exception.getModel()) || isSecret(exception.getRequestId())
				|| this.secrets.redact(exception.getDetails()) != exception.getDetails());
	}

	private boolean isSecret(@Nullable String text) {
		return text != null && !this.secrets.redact(text).equals(text);
	}

	private @Nullable Throwable copyNullable(@Nullable Throwable failure, int depth) {
		return (failure != null && depth < MAX_DEPTH && !this.copied.contains(failure)) ? copy(failure, depth) : null;
	}

	private Throwable copy(Throwable failure, int depth) {
		this.copied.add(failure);
		Throwable cause = copyNullable(failure.getCause(), depth + 1);
		Throwable copy = (failure instanceof ModelException exception) ? copy(exception, cause)
				: new RedactedException(this.secrets.redact(String.valueOf(failure)), cause);
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
			.builder(exception.getKind(), this.secrets.redact(String.valueOf(exception.getMessage())))
			.cause(cause)
			.provider(this.secrets.redactNullable(exception.getProvider()))
			.model(this.secrets.redactNullable(exception.getModel()))
			.status(exception.getStatus())
			.retryAfter(exception.getRetryAfter())
			.requestId(this.secrets.redactNullable(exception.getRequestId()))
			.retryable(exception.isRetryable());
		this.secrets.redact(exception.getDetails()).forEach(copy::detail);
		return copy.build();
	}

}
