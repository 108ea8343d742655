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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

import io.netty.pkitesting.X509Bundle;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ssl.SslBundle;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a call says of TLS that fails, whichever connector the application has:
 * what stays is not tried again, and the message tells what to do about it.
 */
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "REACTOR_WITHOUT_DEFAULTS")
class TlsContractTests {

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private final WireConnector connector;

	private HttpModelFactory factory;

	TlsContractTests(WireConnector connector) {
		this.connector = connector;
		this.factory = TestHttp.factory(connector.builder());
	}

	@AfterEach
	void close() {
		this.factory.destroy();
	}

	private Model model(TlsServer server) {
		return PROVIDER.model(PROVIDER.settings(server.url()), this.factory);
	}

	private Model model(TlsServer server, SslBundle bundle) {
		this.factory = TestHttp.factory(this.connector.builder(), bundle);
		return PROVIDER.model(PROVIDER.settings(server.url()).sslBundle(TestHttp.SSL_BUNDLE), this.factory);
	}

	@ParameterizedTest
	@CsvSource({ "70, protocol_version, TLS 1.2", "40, handshake_failure, ssl.bundle",
			"71, insufficient_security, ssl.bundle", "120, no_application_protocol, ssl.bundle",
			"42, bad_certificate, ssl.bundle", "48, unknown_ca, ssl.bundle", "116, certificate_required, ssl.bundle",
			"112, unrecognized_name, base URL" })
	void alertThatStaysIsNotRetryable(int code, String name, String cure) {
		try (TlsServer server = TlsServer.alert(code)) {
			assertFailures(model(server), (failure) -> {
				assertStays(failure);
				assertThat(failure).hasMessageContaining(name).hasMessageContaining(cure);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 80, 20, 0 })
	void alertThatMayPassIsRetryable(int code) {
		try (TlsServer server = TlsServer.alert(code)) {
			assertFailures(model(server), TlsContractTests::assertPasses);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatBreaksInTheHandshakeIsRetryable(boolean reset) {
		try (TlsServer server = TlsServer.raw((connection) -> {
			connection.getInputStream().read(new byte[4096]);
			connection.setSoLinger(reset, 0);
			connection.close();
		})) {
			assertFailures(model(server), TlsContractTests::assertPasses);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1603010 02a 02 000026 0301 %s 00 002f 00", "160303 002a 02 000026 0303 %s 00 0005 00" })
	void serverThatChoosesWhatIsTooOldIsNotRetryable(String hello) {
		byte[] bytes = HexFormat.of().parseHex(hello.formatted("11".repeat(32)).replace(" ", ""));
		try (TlsServer server = TlsServer.raw(bytes)) {
			assertFailures(model(server), (failure) -> {
				assertStays(failure);
				assertThat(failure).hasMessageContaining("TLS").hasMessageContaining("ssl.bundle");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 400 Bad Request\r\nX-Note: secret-note\r\nContent-Length: 0\r\n\r\n",
			"SSH-2.0-OpenSSH_9.6 secret-note\r\n" })
	void serverThatDoesNotSpeakTlsIsNotRetryable(String answer) {
		byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
		try (TlsServer server = TlsServer.raw(bytes)) {
			assertFailures(model(server), (failure) -> {
				assertStays(failure);
				assertThat(failure).hasMessageContaining("does not speak TLS").hasMessageContaining("base URL");
				assertThat(Throwables.getStackTrace(failure)).doesNotContain("secret-note")
					.doesNotContain(HexFormat.of().formatHex("secret-note".getBytes(StandardCharsets.US_ASCII)));
			});
		}
	}

	@Test
	void certificateThatIsNotTrustedIsNotRetryable() throws Exception {
		try (TlsServer server = TlsServer.certified(TlsServer.certificate("localhost"), TlsContractTests::read)) {
			assertFailures(model(server), (failure) -> {
				assertStays(failure);
				assertThat(failure).hasMessageContaining("certificate of the server is not trusted");
			});
		}
	}

	@Test
	void certificateOfAnotherHostIsNotRetryable() throws Exception {
		X509Bundle certificate = TlsServer.certificate("other.example");
		try (TlsServer server = TlsServer.certified(certificate, TlsContractTests::read)) {
			assertFailures(model(server, TlsServer.trusting(certificate)), (failure) -> {
				assertStays(failure);
				assertThat(failure).hasMessageContaining("certificate of the server is not trusted")
					.hasMessageContaining("localhost");
			});
		}
	}

	@Test
	void certificateThatABundleTrustsIsTaken() throws Exception {
		X509Bundle certificate = TlsServer.certificate("localhost");
		byte[] answer = PROVIDER.answer("a").getBytes(StandardCharsets.US_ASCII);
		try (TlsServer server = TlsServer.certified(certificate, (connection) -> {
			RawServer.Request.read(connection.getInputStream());
			connection.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n".formatted(answer.length)
					.getBytes(StandardCharsets.US_ASCII));
			connection.getOutputStream().write(answer);
			connection.getOutputStream().flush();
			read(connection);
		})) {
			Model model = model(server, TlsServer.trusting(certificate));
			assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		}
	}

	private static void read(Socket connection) throws IOException {
		while (connection.getInputStream().read() >= 0) {
			// Whatever the client says
		}
	}

	private static void assertFailures(Model model, Consumer<ModelException> assertion) {
		assertion.accept(failureOf(model.chat("Hi")));
		assertion.accept(failureOf(model.stream("Hi")));
	}

	private static void assertStays(ModelException failure) {
		assertThat(failure.getKind()).as(failure.toString()).isEqualTo(Kind.NETWORK);
		assertThat(failure.isRetryable()).as(failure.toString()).isFalse();
	}

	private static void assertPasses(ModelException failure) {
		assertThat(failure.getKind()).as(failure.toString()).isEqualTo(Kind.NETWORK);
		assertThat(failure.isRetryable()).as(failure.toString()).isTrue();
	}

}
