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

package io.routekit.sample;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OneLine;
import io.routekit.agent.AgentException;
import io.routekit.agent.InvalidApprovalException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebInputException;

/**
 * The body of an answer that is an error, after RFC 9457.
 *
 * @param type always {@code about:blank}: the kind tells more
 * @param title the kind in words
 * @param status the HTTP status of our answer
 * @param detail what went wrong and what to do
 * @param kind the kind of failure: one of a model, or what ended the run of an agent
 * @param provider the provider that was called, or {@code null} if none was
 * @param upstreamStatus the HTTP status of the provider's answer, or {@code null}
 * @param retryAfter the seconds to wait before the next try, or {@code null}
 * @param requestId the provider's id of the call, or {@code null}
 * @param limit the limit that ended the run of an agent, or {@code null}
 * @param steps the calls of tools that ended in the run of an agent, or {@code null} if
 * there was none or it did not begin
 */
record Problem(String type, String title, int status, String detail, String kind, @Nullable String provider,
		@Nullable Integer upstreamStatus, @Nullable Long retryAfter, @Nullable String requestId,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String limit,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AgentAnswer.Step> steps) {

	private static final Log logger = LogFactory.getLog(Problem.class);

	static Problem of(Throwable failure) {
		if (failure instanceof ModelException ex) {
			return of(ex);
		}
		if (failure instanceof AgentException ex) {
			return of(ex);
		}
		if (failure instanceof InvalidFieldException || failure instanceof InvalidApprovalException) {
			return of(HttpStatus.BAD_REQUEST, failure.getMessage());
		}
		if (failure instanceof ServerWebInputException ex) {
			return of(ex.getStatusCode(), describe(ex));
		}
		if (failure instanceof ContentTooLargeException ex) {
			return of(ex.getStatusCode(), "The body is larger than spring.http.codecs.max-in-memory-size allows");
		}
		if (failure instanceof ErrorResponse response) {
			return of(response.getStatusCode(), response.getBody().getDetail());
		}
		logger.error("Unexpected failure", OneLine.of(failure));
		return of(HttpStatus.INTERNAL_SERVER_ERROR, "Something unexpected went wrong, the log tells more");
	}

	private static Problem of(ModelException ex) {
		return new Problem("about:blank", title(ex.getKind().name()), status(ex.getKind()).value(),
				String.valueOf(ex.getMessage()), ex.getKind().name(), ex.getProvider(), ex.getStatus(),
				seconds(ex.getRetryAfter()), ex.getRequestId(), null, null);
	}

	private static Problem of(AgentException ex) {
		List<AgentAnswer.Step> steps = AgentAnswer.Step.of(ex.getProgress().steps());
		if (ex.getReason() == AgentException.Reason.MODEL && ex.getCause() != null) {
			// A run whose first round fails is like a chat that does
			Problem problem = of(ex.getCause());
			return steps.isEmpty() ? problem : problem.withSteps(steps);
		}
		String limit = ex.getReason().limit();
		String kind = (limit != null) ? "AGENT_LIMIT" : "AGENT_" + ex.getReason();
		return new Problem("about:blank", title(kind), HttpStatus.UNPROCESSABLE_CONTENT.value(),
				String.valueOf(ex.getMessage()), kind, null, null, null, null, limit, steps);
	}

	private Problem withSteps(List<AgentAnswer.Step> steps) {
		return new Problem(this.type, this.title, this.status, this.detail, this.kind, this.provider,
				this.upstreamStatus, this.retryAfter, this.requestId, this.limit, steps);
	}

	private static Problem of(HttpStatusCode status, @Nullable String detail) {
		HttpStatus known = HttpStatus.resolve(status.value());
		String title = (known != null) ? known.getReasonPhrase() : "Status " + status.value();
		return new Problem("about:blank", title, status.value(), (detail != null) ? detail : title,
				(status.is4xxClientError() ? Kind.INVALID_REQUEST : Kind.SERVER).name(), null, null, null, null, null,
				null);
	}

	private static @Nullable String describe(ServerWebInputException ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof JacksonException failure) {
				return InvalidBody.describe(failure);
			}
		}
		return InvalidBody.EMPTY;
	}

	private static HttpStatus status(Kind kind) {
		return switch (kind) {
			case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTERED -> HttpStatus.BAD_REQUEST;
			case RATE_LIMIT, QUOTA, BUDGET_EXCEEDED -> HttpStatus.TOO_MANY_REQUESTS;
			case OVERLOADED, CIRCUIT_OPEN, CONCURRENCY_LIMIT -> HttpStatus.SERVICE_UNAVAILABLE;
			case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			case AUTHENTICATION, PERMISSION, NOT_FOUND, SERVER, NETWORK, INVALID_RESPONSE -> HttpStatus.BAD_GATEWAY;
		};
	}

	private static String title(String kind) {
		return StringUtils.capitalize(kind.toLowerCase(Locale.ROOT).replace('_', ' '));
	}

	private static @Nullable Long seconds(@Nullable Duration duration) {
		// Rounded up: who comes too early is turned away again
		return (duration != null) ? duration.plusNanos(999_999_999).toSeconds() : null;
	}

}
