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

package io.routekit.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OneLine;
import io.routekit.wire.ContentEncoding;
import io.routekit.wire.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of failure it is when a connection fails, breaks or stalls. The
 * exceptions of the HTTP client are not passed on as causes, since they carry the headers
 * of the request; what lies below them is.
 */
final class TransportErrors {

	/**
	 * What other clients than the JDK's and Netty throw for what is not HTTP.
	 */
	private static final Set<String> NOT_HTTP = Set.of("ProtocolException", "ParseException",
			"MessageConstraintException", "MalformedChunkCodingException");

	/**
	 * What takes part of the time to connect: names, connections and handshakes.
	 */
	private static final Set<String> CONNECTING = Set.of("connect", "handshake", "dns");

	/**
	 * None of RouteKit's timeouts is one of the client's, but that to connect.
	 */
	private static final String GAVE_UP = "The HTTP client gave up by a timeout of its own, "
			+ "which a customizer of the application has set";

	private TransportErrors() {
	}

	static ModelException ofRequest(Reply reply, Throwable failure) {
		if (reply.secrets().redact(failure) instanceof ModelException modelException) {
			return modelException;
		}
		Throwable cause = rootCause(failure);
		String tls = TlsErrors.describe(failure);
		ModelException.Builder exception;
		if (isPoolExhausted(cause)) {
			exception = reply.exception(Kind.CONCURRENCY_LIMIT,
					"All connections of the HTTP client to this server are in use; its pool can be larger "
							+ "(reactor.netty.pool.maxConnections or a ReactorResourceFactory)");
		}
		else if (isTimeout(cause)) {
			exception = reply.exception(Kind.TIMEOUT, isConnectTimeout(cause) ? Deadlines.NOT_REACHED : GAVE_UP);
		}
		else if (findCause(failure, UnknownHostException.class) != null) {
			exception = reply.exception(Kind.NETWORK, "The host of the server is unknown").retryable(false);
		}
		else if (tls != null) {
			exception = reply.exception(Kind.NETWORK, tls).retryable(false);
		}
		else if (isNotHttp(cause)) {
			exception = reply.exception(Kind.INVALID_RESPONSE, "The server's answer is not HTTP, or not HTTP 1.1");
		}
		else if (cause instanceof IOException) {
			exception = reply.exception(Kind.NETWORK, "The connection to the server failed: " + describe(cause));
		}
		else {
			exception = reply.exception(Kind.NETWORK, "The request could not be sent: " + describe(cause));
		}
		Throwable shown = OneLine.of(reply.secrets().redact(withoutContent(cause)));
		return exception.status(null).cause(shown).build();
	}

	static ModelException ofBody(Reply reply, Throwable failure) {
		if (reply.secrets().redact(failure) instanceof ModelException modelException) {
			return modelException;
		}
		Throwable cause = rootCause(failure);
		if (isTimeout(cause)) {
			return reply.exception(Kind.TIMEOUT, GAVE_UP, cause).build();
		}
		if (!(cause instanceof IOException) && cause.getClass().getSimpleName().equals("HttpException")) {
			// Apache HttpComponents cannot undo the compression
			String coding = ContentEncoding.of(reply.headers());
			return (coding != null) ? ContentEncoding.unexpected(reply, coding)
					: reply.invalid("The HTTP client cannot read the server's answer: " + describe(cause));
		}
		if (isNotCompressed(cause)) {
			return reply.invalid("The server's compressed answer is damaged");
		}
		return reply
			.exception(Kind.NETWORK, "The connection broke in the middle of the answer: " + describe(cause),
					withoutContent(cause))
			.build();
	}

	static ModelException ofNothing(Reply reply) {
		return reply.exception(Kind.NETWORK, "The HTTP client ended without an answer").status(null).build();
	}

	static ModelException ofNoHead(Reply reply, Deadlines.Deadline deadline) {
		return reply.exception(Kind.TIMEOUT, deadline.message()).status(null).build();
	}

	static ModelException ofTimeout(Reply reply, Deadlines.Deadline deadline) {
		return reply.exception(Kind.TIMEOUT, deadline.message()).retryable(deadline.isRetryable()).build();
	}

	static ModelException ofDefect(Reply reply, Throwable failure) {
		return reply.exception(Kind.INVALID_RESPONSE, "The answer could not be read", failure).build();
	}

	private static boolean isPoolExhausted(Throwable cause) {
		// Reactor Netty has these exceptions in a package that is not for us
		return cause.getClass().getSimpleName().startsWith("PoolAcquire");
	}

	private static boolean isTimeout(Throwable cause) {
		// Those of Netty extend neither of the JDK's
		return cause instanceof TimeoutException || cause.getClass().getSimpleName().endsWith("TimeoutException");
	}

	// Jetty tells it in the message only
	private static boolean isConnectTimeout(Throwable cause) {
		String name = cause.getClass().getSimpleName() + cause.getMessage();
		return CONNECTING.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
	}

	private static boolean isNotHttp(Throwable cause) {
		return cause instanceof MalformedHttpException || cause instanceof ProtocolException
				|| cause instanceof NumberFormatException || NOT_HTTP.contains(cause.getClass().getSimpleName())
				|| cause.getClass().getName().startsWith("org.eclipse.jetty.http.");
	}

	private static boolean isNotCompressed(Throwable cause) {
		return cause instanceof ZipException || cause.getClass().getSimpleName().equals("DecompressionException");
	}

	// What the server sent instead may be anything
	private static Throwable withoutContent(Throwable cause) {
		boolean content = TlsErrors.isNotTls(cause) || (isNotHttp(cause) && !(cause instanceof MalformedHttpException));
		return content ? new MalformedHttpException(cause) : cause;
	}

	private static String describe(Throwable cause) {
		if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
			// The messages tell more of the client than of the connection
			return "the server closed it";
		}
		String message = isNotHttp(cause) ? null : cause.getMessage();
		// Some of the JDK's exceptions have no message
		return (message != null) ? message : cause.getClass().getSimpleName();
	}

	private static Throwable rootCause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static <T extends Throwable> @Nullable T findCause(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
