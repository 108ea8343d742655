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

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * Tells which failures of TLS come again however often a call is tried, and what to do
 * about them. Those of a connection that broke, or of a server that is in trouble, do
 * not.
 */
final class TlsErrors {

	private static final String ALERT = "fatal alert: ";

	/**
	 * Alerts of a server that takes or finds no certificate of the client.
	 */
	private static final Set<String> CLIENT_CERTIFICATE = Set.of("no_certificate", "bad_certificate",
			"unsupported_certificate", "certificate_revoked", "certificate_expired", "certificate_unknown",
			"certificate_required", "certificate_unobtainable", "bad_certificate_hash_value", "unknown_ca",
			"access_denied", "unknown_psk_identity");

	/**
	 * Alerts of a server that wants another handshake than the client.
	 */
	private static final Set<String> HANDSHAKE = Set.of("handshake_failure", "insufficient_security",
			"illegal_parameter", "decode_error", "export_restriction", "inappropriate_fallback", "missing_extension",
			"unsupported_extension", "bad_certificate_status_response", "no_application_protocol");

	/**
	 * What the clients say of a connection that ended in the handshake, in exceptions
	 * like those of a handshake that failed.
	 */
	private static final Set<String> BROKEN = Set.of("Remote host terminated the handshake", "Abruptly closed by peer",
			"Connection closed while SSL/TLS handshake was in progress");

	private TlsErrors() {
	}

	/**
	 * Return what is wrong if it is a failure that stays.
	 * @param failure the failure
	 * @return what is wrong and what to do, or {@code null} if it is another failure
	 */
	static @Nullable String describe(Throwable failure) {
		SSLException tls = null;
		Throwable cause = failure;
		while (cause != null) {
			if (cause instanceof CertificateException) {
				return "The certificate of the server is not trusted: " + message(rootCause(cause));
			}
			if (cause instanceof SSLException exception) {
				tls = exception;
			}
			cause = cause.getCause();
		}
		return (tls != null) ? describe(tls, message(tls)) : null;
	}

	private static @Nullable String describe(SSLException failure, String message) {
		int alert = message.indexOf(ALERT);
		if (alert >= 0) {
			return describeAlert(message.substring(alert + ALERT.length()).strip());
		}
		if (isNotTls(failure)) {
			return "The server does not speak TLS: check the scheme (https or http) and the port of its base URL";
		}
		if (!(failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException)
				|| isBroken(failure, message)) {
			return null;
		}
		return message.contains("protocol") ? noVersion(message)
				: "The TLS handshake with the server failed (%s): the SSL bundle (ssl.bundle) may need other options"
					.formatted(message);
	}

	private static @Nullable String describeAlert(String alert) {
		if (alert.equals("protocol_version")) {
			return noVersion(alert);
		}
		if (alert.equals("unrecognized_name")) {
			return "The server does not know the name it was called by (unrecognized_name): check the base URL";
		}
		if (CLIENT_CERTIFICATE.contains(alert)) {
			return "The server wants another client certificate (%s): name an SSL bundle that has it (ssl.bundle)"
				.formatted(alert);
		}
		if (HANDSHAKE.contains(alert)) {
			return ("The server refused the TLS handshake (%s): it may want a cipher suite or a client certificate that "
					+ "the SSL bundle (ssl.bundle) does not offer")
				.formatted(alert);
		}
		return null;
	}

	private static String noVersion(String reason) {
		return ("The server and this application have no version of TLS in common (%s): the server should offer TLS 1.2 "
				+ "or 1.3, and the SSL bundle (ssl.bundle) not exclude what it offers")
			.formatted(reason);
	}

	/**
	 * Return whether a failure is that of a server that answered something else than TLS.
	 * @param failure the failure
	 * @return whether the failure may hold what the server sent
	 */
	static boolean isNotTls(Throwable failure) {
		String message = message(failure);
		return failure instanceof SSLException && (failure.getClass().getSimpleName().equals("NotSslRecordException")
				|| message.contains("nrecognized SSL message"));
	}

	private static boolean isBroken(SSLException failure, String message) {
		return failure.getCause() instanceof IOException || BROKEN.contains(message)
				|| message.toLowerCase(Locale.ROOT).contains("internal_error");
	}

	private static Throwable rootCause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static String message(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

}
