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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Decides what kind of failure an error of a provider is. What the body says counts
 * before the status, since gateways answer with statuses of their own: first the phrases
 * that were declared, then the codes, then the phrases that many servers use.
 *
 * @see ErrorWords
 */
final class ErrorClassifier {

	private static final Set<Kind> GENERIC = EnumSet.of(Kind.INVALID_REQUEST, Kind.SERVER);

	/**
	 * What phrases make more particular if it is more than the generic kinds: the status
	 * of a rate limit, say, is also that of a quota, but that of no prompt that is too
	 * long.
	 */
	private static final Map<Kind, Set<Kind>> REFINED = Map.of(Kind.QUOTA,
			EnumSet.of(Kind.INVALID_REQUEST, Kind.SERVER, Kind.AUTHENTICATION, Kind.PERMISSION, Kind.RATE_LIMIT),
			Kind.CONTENT_FILTERED, EnumSet.of(Kind.INVALID_REQUEST, Kind.SERVER, Kind.PERMISSION), Kind.TIMEOUT,
			EnumSet.of(Kind.SERVER), Kind.NOT_FOUND, EnumSet.of(Kind.INVALID_REQUEST));

	private static final Pattern LIMIT_AND_REQUESTED = Pattern.compile("Limit ([0-9,]++) *+Requested ([0-9,]++)");

	private ErrorClassifier() {
	}

	static ModelException classify(Reply reply, ErrorBody body) {
		int status = status(reply, body);
		Kind kind = kind((body.status() != null) ? body.status() : status, reply.errorWords(), body);
		ModelException.Builder exception = reply.exception(kind, message(reply, body, status));
		RetryHints hints = RetryHints.of(reply.headers());
		Boolean retryable = retryable(kind, isUnknown(reply, body, status), body, hints);
		if (retryable != null) {
			exception.retryable(retryable);
		}
		if (reply.requestId() == null) {
			exception.requestId(body.requestId());
		}
		Duration retryAfter = (hints.retryAfter() != null) ? hints.retryAfter() : body.retryAfter();
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

	private static Kind kind(int status, ErrorWords known, ErrorBody body) {
		List<String> words = words(body, known);
		Iterator<Kind> declared = known.compiled().kinds(words).iterator();
		if (declared.hasNext()) {
			return declared.next();
		}
		if (body.names().stream().anyMatch((name) -> isReason(name, known))) {
			return Kind.INVALID_REQUEST;
		}
		Kind kind = firstKind(known, body);
		// The generic types come with statuses that tell more
		if (kind == null || GENERIC.contains(kind) && status != 0) {
			kind = kind(status, kind);
		}
		if (status == 403 && isModeration(body)) {
			return Kind.CONTENT_FILTERED;
		}
		for (Kind particular : ErrorPhrases.common().kinds(words)) {
			// What comes back by itself is not used up
			boolean temporary = kind == Kind.RATE_LIMIT && body.retryAfter() != null;
			// Without a status, a generic kind is only a guess
			boolean guess = status == 0 && GENERIC.contains(kind);
			if ((guess || REFINED.getOrDefault(particular, GENERIC).contains(kind)) && !temporary) {
				return particular;
			}
		}
		return kind;
	}

	// A name that is known says what it stands for, any other one what its words say
	private static List<String> words(ErrorBody body, ErrorWords known) {
		List<String> words = new ArrayList<>();
		for (String name : body.names()) {
			if (known.kind(name) == null) {
				words.addAll(ErrorText.wordsOfName(name));
				words.add(ErrorText.BREAK);
			}
		}
		for (String text : body.texts()) {
			words.addAll(ErrorText.words(text));
			words.add(ErrorText.BREAK);
		}
		return words;
	}

	// Says what is wrong with a request, unlike a type of errors
	private static boolean isReason(String name, ErrorWords known) {
		return known.kind(name) == Kind.INVALID_REQUEST && !name.toLowerCase(Locale.ROOT).endsWith("_error");
	}

	// Several members name a reason, of which the most particular one counts
	private static @Nullable Kind firstKind(ErrorWords known, ErrorBody body) {
		Kind generic = null;
		for (String name : body.names()) {
			Kind kind = known.kind(name);
			if (kind != null && kind != Kind.INVALID_REQUEST && kind != Kind.SERVER) {
				return kind;
			}
			generic = (generic != null) ? generic : kind;
		}
		return generic;
	}

	private static Kind kind(int status, @Nullable Kind fallback) {
		return switch (status) {
			case 401 -> Kind.AUTHENTICATION;
			case 402 -> Kind.QUOTA;
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
	private static @Nullable Boolean retryable(Kind kind, boolean unknown, ErrorBody body, RetryHints hints) {
		if (kind == Kind.SERVER && unknown || kind == Kind.RATE_LIMIT && canNeverFit(body)) {
			return false;
		}
		boolean fate = kind == Kind.CONTEXT_LENGTH || kind == Kind.CONTENT_FILTERED || kind == Kind.QUOTA;
		return fate ? Boolean.FALSE : hints.shouldRetry();
	}

	// A stream that goes wrong has no status, and a code of the future can mean anything
	private static boolean isUnknown(Reply reply, ErrorBody body, int status) {
		return status == 0 && body.code() != null
				&& body.names().stream().allMatch((name) -> reply.errorWords().kind(name) == null);
	}

	private static boolean canNeverFit(ErrorBody body) {
		String message = String.join(" ", body.texts());
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

}
