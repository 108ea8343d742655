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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for answers that are compressed, whichever connector the application has: one
 * undoes what it has asked for, and the call says what is left.
 */
@ParameterizedClass
@EnumSource
class CompressionContractTests {

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private final RawServer server = new RawServer();

	private final WireConnector connector;

	private final HttpModelFactory factory;

	private final Model model;

	CompressionContractTests(WireConnector connector) {
		this.connector = connector;
		this.factory = TestHttp.factory(connector.builder());
		this.model = PROVIDER.model(PROVIDER.settings(this.server), this.factory);
	}

	@AfterEach
	void close() {
		this.factory.destroy();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void readsACompressedAnswerOrNamesItsCompression(Coding coding) throws IOException {
		byte[] body = coding.compress(PROVIDER.answer("a"));
		this.server.reply(compressed(200, "application/json", coding.header, body));
		if (coding.isUndoneBy(this.connector)) {
			assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		}
		else {
			assertCompressed(failureOf(this.model.chat("Hi")), coding);
		}
	}

	@ParameterizedTest
	@EnumSource
	void readsACompressedStreamOrNamesItsCompression(Coding coding) throws IOException {
		byte[] body = coding.compress(PROVIDER.stream("a"));
		this.server.reply(compressed(200, "text/event-stream", coding.header, body));
		Flux<StreamEvent> stream = this.model.stream("Hi");
		if (coding.isUndoneBy(this.connector)) {
			assertThat(textOf(eventsOf(stream))).isEqualTo("a");
		}
		else {
			assertCompressed(failureOf(stream), coding);
		}
	}

	private static void assertCompressed(ModelException failure, Coding coding) {
		assertThat(failure.getKind()).as(failure.toString()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(failure.isRetryable()).isFalse();
		assertThat(failure).hasMessageContaining("compressed (" + coding.named + ")");
	}

	@ParameterizedTest
	@CsvSource({ "401, AUTHENTICATION", "429, RATE_LIMIT", "500, SERVER" })
	void theStatusTellsTheKindOfACompressedError(int status, Kind kind) throws IOException {
		for (Coding coding : Coding.values()) {
			byte[] body = coding.compress(PROVIDER.error(status, "My reason"));
			this.server.reply(compressed(status, "application/json", coding.header, body));
			ModelException failure = failureOf(this.model.chat("Hi"));
			assertThat(failure.getKind()).as(failure.toString()).isEqualTo(kind);
			assertThat(failure).hasMessageContaining(
					coding.isUndoneBy(this.connector) ? "My reason" : "compressed (" + coding.named + ")");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "IDENTITY", "" })
	void readsAnAnswerThatIsSaidNotToBeCompressed(String header) {
		byte[] body = PROVIDER.answer("a").getBytes(StandardCharsets.UTF_8);
		this.server.reply(compressed(200, "application/json", header, body));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
	}

	@Test
	void failsForACompressedAnswerThatIsDamaged() throws IOException {
		byte[] body = Coding.GZIP.compress(PROVIDER.answer("a"));
		body[body.length / 2] ^= 0x55;
		body[2] = 77;
		this.server.reply(compressed(200, "application/json", "gzip", body));
		Model model = PROVIDER.model(PROVIDER.settings(this.server)
			.timeouts(Timeouts.builder().connect(LIMIT).total(Duration.ofSeconds(2)).build()), this.factory);
		// Jetty's reader of gzip fails without telling anybody
		assertThat(failureOf(model.chat("Hi")).getKind()).isIn(Kind.INVALID_RESPONSE, Kind.NETWORK, Kind.TIMEOUT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "200 | {\"id\":\"", "200 | data: {\"id\":\"", "200 | : ", "500 | <p>" })
	void anAnswerThatUnfoldsWithoutEndIsGivenUp(int status, String start) {
		AtomicLong sent = new AtomicLong();
		this.server.reply((connection) -> {
			connection.head(status, "Content-Type: text/event-stream", "Content-Encoding: gzip",
					"Transfer-Encoding: chunked", "");
			byte[] block = "x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
			OutputStream chunks = new OutputStream() {

				@Override
				public void write(int value) throws IOException {
					write(new byte[] { (byte) value }, 0, 1);
				}

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					sent.addAndGet(length);
					connection.chunk(Arrays.copyOfRange(bytes, offset, offset + length));
				}

			};
			try (GZIPOutputStream gzip = new GZIPOutputStream(chunks, 64 * 1024, true)) {
				gzip.write(start.getBytes(StandardCharsets.US_ASCII));
				while (true) {
					gzip.write(block);
					gzip.flush();
				}
			}
		});
		ModelException failure = failureOf(this.model.stream("Hi"));
		assertThat(failure.getKind()).as(failure.toString())
			.isEqualTo((status == 200) ? Kind.INVALID_RESPONSE : Kind.SERVER);
		assertThat(sent).as("what the network holds").hasValueLessThan(16 * 1024 * 1024);
	}

	private static Script compressed(int status, String contentType, String encoding, byte[] body) {
		return (connection) -> {
			connection.head(status, "Content-Type: " + contentType, "Content-Length: " + body.length);
			connection.write((encoding != null) ? "Content-Encoding: " + encoding + "\r\n\r\n" : "\r\n");
			connection.write(body);
		};
	}

	/**
	 * How an answer is compressed.
	 */
	enum Coding {

		GZIP("gzip", "gzip"), GZIP_IN_CAPITALS("GZIP", "gzip"), X_GZIP("x-gzip", "x-gzip"), GZIP_UNSAID(null, "gzip"),
		DEFLATE("deflate", "deflate"), BROTLI("br", "br"), ZSTANDARD("zstd", "zstd"), BROTLI_IN_GZIP("br, gzip", "br");

		private final String header;

		private final String named;

		Coding(String header, String named) {
			this.header = header;
			this.named = named;
		}

		boolean isUndoneBy(WireConnector connector) {
			boolean gzip = this == GZIP || this == GZIP_IN_CAPITALS;
			return switch (connector) {
				case REACTOR, HTTP_COMPONENTS -> gzip || this == X_GZIP || this == DEFLATE;
				case JETTY -> gzip;
				case REACTOR_WITHOUT_DEFAULTS, JDK -> false;
			};
		}

		byte[] compress(String text) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			switch (this) {
				// Of another text, for the JDK has no such codec
				case BROTLI -> compressed.writeBytes(HexFormat.of().parseHex("0b028068656c6c6f03"));
				case BROTLI_IN_GZIP -> {
					try (OutputStream out = new GZIPOutputStream(compressed)) {
						out.write(BROTLI.compress(text));
					}
				}
				case ZSTANDARD ->
					compressed.writeBytes(HexFormat.of().parseHex("28b52ffd0458110000676f20646f2069742d3d2a5f"));
				case DEFLATE -> {
					try (OutputStream out = new DeflaterOutputStream(compressed, new Deflater())) {
						out.write(bytes);
					}
				}
				default -> {
					try (OutputStream out = new GZIPOutputStream(compressed)) {
						out.write(bytes);
					}
				}
			}
			return compressed.toByteArray();
		}

	}

}
