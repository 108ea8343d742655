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

package io.routekit.wire;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Decides what kind of failure an error of a provider is. What the body says counts
 * before the status, since gateways answer with statuses of their own.
 */
final class ErrorClassifier {

	private static final List<String> CONTEXT_LENGTH = List.of("prompt is too long", "exceed context limit",
			"maximum context length", "context size has been exceeded", "available context size",
			"model's context length", "greater than the context length", "context length of only",
			"exceeded model token limit", "range of input length");

	private static final List<String> OVERLOADED = List.of("overload", "loading model", "too busy", "capacity");

	private static final Pattern LIMIT_AND_REQUESTED = Pattern.compile("Limit ([0-9,]++) *+Requested ([0-9,]++)");

	private ErrorClassifier() {
	}

	static ModelException classify(Reply reply, ErrorBody body) {
		int status = status(reply, body);
		String text = text(body);
		Kind kind = kind((body.status() != null) ? body.status() : status, reply.errorCodes(), body, text);
		ModelException.Builder exception = reply.exception(kind, message(reply, body, status));
		RetryHints hints = RetryHints.of(reply.headers());
		Boolean retryable = retryable(kind, body, hints);
		if (retryable != null) {
			exception.retryable(retryable);
		}
		if (reply.requestId() == null) {
			exception.requestId(body.requestId());
		}
		Duration retryAfter = hints.retryAfter();
		if (retryAfter == null && kind == Kind.RATE_LIMIT) {
			retryAfter = RateLimit.untilReset(reply.rateLimitHeaders().read(reply.headers()));
		}
		exception.retryAfter(retryAfter);
		exception.detail("type", body.type()).detail("code", body.code());
		body.details().forEach(exception::detail);
		return exception.build();
	}

	private static int status(Reply reply, ErrorBody body) {
		if (reply.status().is2xxSuccessful()) {
			return (body.status() != null) ? body.status() : 0;
		}
		return reply.status().value();
	}

	private static Kind kind(int status, ErrorCodes codes, ErrorBody body, String text) {
		Kind kind = firstKind(codes, body);
		boolean generic = kind == null || kind == Kind.INVALID_REQUEST || kind == Kind.SERVER;
		if (generic && status != 429 && isContextLength(text)) {
			return Kind.CONTEXT_LENGTH;
		}
		if (status == 403 && isModeration(body)) {
			return Kind.CONTENT_FILTERED;
		}
		if (status == 402 || generic && text.contains("credit balance is too low")) {
			return Kind.QUOTA;
		}
		if (generic && text.contains("unexpected endpoint or method")) {
			return Kind.NOT_FOUND;
		}
		if (generic && text.contains("audience is incorrect")) {
			return Kind.AUTHENTICATION;
		}
		if (status == 503 && containsAny(text, OVERLOADED)) {
			return Kind.OVERLOADED;
		}
		// The generic types come with statuses that tell more
		return (kind == null || (generic && status != 0)) ? kind(status, kind) : kind;
	}

	// Several members name a reason, of which the most particular one counts
	private static @Nullable Kind firstKind(ErrorCodes codes, ErrorBody body) {
		Kind generic = null;
		for (Object name : new Object[] { body.code(), body.details().get("inner_code"), body.type() }) {
			Kind kind = (name instanceof String code) ? codes.kind(code) : null;
			if (kind != null && kind != Kind.INVALID_REQUEST && kind != Kind.SERVER) {
				return kind;
			}
			generic = (generic != null) ? generic : kind;
		}
		return generic;
	}

	private static boolean isContextLength(String text) {
		int count = text.indexOf("input token count");
		return containsAny(text, CONTEXT_LENGTH) || count >= 0 && text.indexOf("exceeds", count) >= 0;
	}

	private static Kind kind(int status, @Nullable Kind fallback) {
		return switch (status) {
			case 401 -> Kind.AUTHENTICATION;
			case 403 -> Kind.PERMISSION;
			case 404 -> Kind.NOT_FOUND;
			case 408, 504 -> Kind.TIMEOUT;
			case 409 -> Kind.SERVER;
			case 429, 498 -> Kind.RATE_LIMIT;
			case 529 -> Kind.OVERLOADED;
			default -> {
				if (status >= 400 && status < 500) {
					yield Kind.INVALID_REQUEST;
				}
				if (status >= 100 && status < 400) {
					yield Kind.INVALID_RESPONSE;
				}
				yield (fallback != null) ? fallback : Kind.SERVER;
			}
		};
	}

	// The server knows best, but the same request meets the same fate where it is what
	// fails
	private static @Nullable Boolean retryable(Kind kind, ErrorBody body, RetryHints hints) {
		if (kind == Kind.RATE_LIMIT && canNeverFit(body)) {
			return false;
		}
		boolean fate = kind == Kind.CONTEXT_LENGTH || kind == Kind.CONTENT_FILTERED || kind == Kind.QUOTA;
		return fate ? Boolean.FALSE : hints.shouldRetry();
	}

	private static boolean canNeverFit(ErrorBody body) {
		String message = (body.message() != null) ? body.message() : "";
		if (!message.contains("Request too large")) {
			return false;
		}
		Matcher matcher = LIMIT_AND_REQUESTED.matcher(message);
		return matcher.find() && number(matcher.group(2)) > number(matcher.group(1));
	}

	private static long number(String text) {
		String digits = text.replace(",", "");
		return (digits.isEmpty() || digits.length() > 18) ? 0 : Long.parseLong(digits);
	}

	private static boolean isModeration(ErrorBody body) {
		return body.details().get("metadata") instanceof Map<?, ?> metadata && metadata.containsKey("reasons");
	}

	private static String message(Reply reply, ErrorBody body, int status) {
		if (reply.status().is3xxRedirection() && reply.headers().getFirst(HttpHeaders.LOCATION) != null) {
			return "The server answered with a redirect (%s), which is not followed: check the base URL"
				.formatted(status);
		}
		StringBuilder message = new StringBuilder();
		message.append((body.message() != null) ? body.message() : "The server gave no reason");
		message.append(" (provider ").append(reply.provider());
		if (reply.model() != null) {
			message.append(", model ").append(reply.model());
		}
		if (status != 0) {
			message.append(", status ").append(status);
		}
		return message.append(')').toString();
	}

	private static String text(ErrorBody body) {
		return (body.code() + " " + body.type() + " " + body.message() + " " + body.details().get("inner_code"))
			.toLowerCase(Locale.ROOT);
	}

	private static boolean containsAny(String text, List<String> signals) {
		return signals.stream().anyMatch(text::contains);
	}

}
