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

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretRedactor}.
 */
class SecretRedactorTests {

	private static final String KEY = "sk-proj-Abcdefghijklmnopqrstuvwxyz0123456789-END";

	private static final String FIRST = KEY.substring(0, 20);

	private static final String LAST = KEY.substring(KEY.length() - 20);

	private final SecretRedactor secrets = new SecretRedactor();

	@Test
	void textWithoutSecretIsTheSame() {
		String text = new StringBuilder("Nothing to hide").toString();
		assertThat(this.secrets.redact(text)).isSameAs(text);
		this.secrets.add(KEY);
		assertThat(this.secrets.redact(text)).isSameAs(text);
		assertThat(this.secrets.redact("")).isEmpty();
		assertThat(this.secrets.redactNullable(null)).isNull();
	}

	@Test
	void partsOfSecretAreTakenOut() {
		this.secrets.add(KEY);
		for (String part : List.of(KEY, KEY.toUpperCase(Locale.ROOT), KEY.toLowerCase(Locale.ROOT), FIRST, LAST,
				FIRST.toUpperCase(Locale.ROOT), LAST.toUpperCase(Locale.ROOT), KEY.substring(0, 33), KEY.substring(11),
				FIRST + "…", KEY + KEY)) {
			String rest = part.endsWith("…") ? "…" : "";
			assertThat(this.secrets.redact("<" + part + ">")).isEqualTo("<***" + rest + ">");
			assertThat(this.secrets.redact(part)).isEqualTo("***" + rest);
		}
		assertThat(this.secrets.redact(FIRST + " and " + LAST + " and " + KEY)).isEqualTo("*** and *** and ***");
	}

	@Test
	void lessThanItsFirstAndLastCharactersIsNoSecret() {
		this.secrets.add(KEY);
		String text = FIRST.substring(0, 19) + " " + KEY.substring(10, 29) + " " + LAST.substring(1) + ".";
		assertThat(this.secrets.redact(text)).isSameAs(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "…", "...", "...…" })
	void beginningAtTheEndOfTextIsTakenOut(String ellipsis) {
		this.secrets.add(KEY);
		this.secrets.add("short-9");
		for (int length = 6; length < KEY.length(); length++) {
			assertThat(this.secrets.redact("Bad key " + KEY.substring(0, length) + ellipsis))
				.isEqualTo("Bad key ***" + ellipsis);
		}
		assertThat(this.secrets.redact("Bad key short-" + ellipsis)).isEqualTo("Bad key ***" + ellipsis);
		assertThat(this.secrets.redact("Bad key " + KEY.substring(0, 5) + ellipsis))
			.isEqualTo("Bad key " + KEY.substring(0, 5) + ellipsis);
	}

	@ParameterizedTest
	@CsvSource({ "k,false", "12345,false", "123456,true", "1234567890123456789,true", "12345678901234567890,true" })
	void lengthDecidesWhatIsSecret(String secret, boolean secretive) {
		this.secrets.add(secret);
		assertThat(this.secrets.redact("(" + secret + ")")).isEqualTo(secretive ? "(***)" : "(" + secret + ")");
	}

	@Test
	void secretIsFoundInTheFormsThatItIsWrittenIn() {
		this.secrets.add("p/w\"with+odd\\signs=");
		assertThat(this.secrets.redact("<p/w\"with+odd\\signs=>")).isEqualTo("<***>");
		assertThat(this.secrets.redact("<p%2Fw%22with%2Bodd%5Csigns%3D>")).isEqualTo("<***>");
		assertThat(this.secrets.redact("<p/w\\\"with+odd\\\\signs=>")).isEqualTo("<***>");
		assertThat(this.secrets.redact("<p\\/w\\\"with+odd\\\\signs=>")).isEqualTo("<***>");
	}

	@Test
	void secretsOfHeaderAreItsLongWords() {
		this.secrets.addHeader("X-Gateway-Token", "Bearer " + KEY);
		this.secrets.addHeader("Cookie", "sid=0123456789; theme=dark");
		this.secrets.addHeader("Proxy-Authorization",
				"Basic " + Base64.getEncoder().encodeToString("me:pass:word!".getBytes(StandardCharsets.UTF_8)));
		this.secrets.addHeader("X-Team", "research-and-development");
		assertThat(this.secrets.redact("Bearer " + KEY + " 0123456789 dark pass:word! research-and-development."))
			.isEqualTo("Bearer *** *** dark *** research-and-development.");
	}

	@Test
	void secretsOfAddressAreItsUserAndTheValuesOfItsQuery() {
		this.secrets.addUrl(URI.create("https://somebody:some%2Dpassword@example.com/v1?code=a%2Fb%2Fc%2Fd%2Fe&v=1"));
		assertThat(this.secrets.redact("somebody some-password some%2Dpassword a/b/c/d/e a%2Fb%2Fc%2Fd%2Fe code v=1."))
			.isEqualTo("*** *** *** *** *** code v=1.");
	}

	@Test
	void suppliedSecretIsKnownUntilEnoughOthersWereUsed() {
		this.secrets.add(KEY);
		this.secrets.addSupplied(KEY);
		this.secrets.addSupplied("tenant-secret-often");
		for (int i = 0; i < SecretRedactor.MAX_SUPPLIED; i++) {
			this.secrets.addSupplied("tenant-secret-" + i);
			this.secrets.addSupplied("tenant-secret-often");
		}
		assertThat(this.secrets.redact("tenant-secret-often")).isEqualTo("***");
		assertThat(this.secrets.redact("tenant-secret-1,")).isEqualTo("***,");
		assertThat(this.secrets.redact("tenant-secret-4999")).isEqualTo("***");
		assertThat(this.secrets.redact("tenant-secret-0,")).isEqualTo("tenant-secret-0,");
		assertThat(this.secrets.redact(KEY)).isEqualTo("***");
	}

	@Test
	void longSuppliedSecretsAreFewer() {
		String rest = "x".repeat(100_000);
		for (int i = 0; i < 200; i++) {
			this.secrets.addSupplied(String.format(Locale.ROOT, "%020d", i) + rest + i);
		}
		assertThat(this.secrets.redact(String.format(Locale.ROOT, "%020d,", 199))).isEqualTo("***,");
		assertThat(this.secrets.redact(String.format(Locale.ROOT, "%020d,", 9))).isEqualTo("00000000000000000009,");
	}

	@Test
	void agreesWithSearchForEachSecret() {
		Random random = new Random(17);
		List<String> secrets = IntStream.range(0, 300).mapToObj((i) -> text(random, 6 + random.nextInt(40))).toList();
		secrets.forEach(this.secrets::addSupplied);
		for (int i = 0; i < 500; i++) {
			StringBuilder text = new StringBuilder();
			for (int j = 0; j < 4; j++) {
				String secret = secrets.get(random.nextInt(secrets.size()));
				int from = random.nextInt(secret.length());
				text.append(text(random, random.nextInt(6)))
					.append(secret, from, from + random.nextInt(secret.length() - from + 1));
			}
			String redacted = this.secrets.redact(text.toString());
			for (String secret : secrets) {
				int piece = Math.min(SecretIndex.PIECE, secret.length());
				assertThat(redacted).doesNotContain(secret.substring(0, piece))
					.doesNotContain(secret.substring(secret.length() - piece));
			}
			if (secrets.stream().noneMatch((secret) -> mayBeIn(text.toString(), secret))) {
				assertThat(redacted).isEqualTo(text.toString());
			}
		}
	}

	// Few characters, so that beginnings and ends are the same more often than by chance
	private static String text(Random random, int length) {
		return random.ints(length, 0, 3)
			.mapToObj((character) -> "abc".substring(character, character + 1))
			.reduce("", String::concat);
	}

	private static boolean mayBeIn(String text, String secret) {
		int piece = Math.min(SecretIndex.PIECE, secret.length());
		boolean cut = IntStream.range(SecretIndex.MIN_LENGTH, secret.length())
			.anyMatch((length) -> text.endsWith(secret.substring(0, length)));
		return cut || text.contains(secret.substring(0, piece))
				|| text.contains(secret.substring(secret.length() - piece));
	}

	@Test
	void timeDoesNotDependOnTheNumberOfSecrets() {
		SecretIndex one = new SecretIndex();
		SecretIndex many = new SecretIndex();
		one.add(KEY);
		many.add(KEY);
		for (int i = 0; i < 5000; i++) {
			many.add("sk-proj-" + i + "-bcdefghijklmnopqrstuvwxyz" + i);
		}
		CountedText text = new CountedText("Lorem ipsum sk-proj-12 dolor ".repeat(35_000) + KEY);
		assertThat(one.find(text).cardinality()).isEqualTo(KEY.length());
		int steps = text.steps;
		text.steps = 0;
		assertThat(many.find(text).cardinality()).isEqualTo(KEY.length());
		assertThat(text.steps).isLessThan(steps + 1000).isLessThan(text.length() * 2 + 1000);
	}

	@Test
	void textsThatAreHardToSearchAreNotSearchedForLong() {
		SecretIndex index = new SecretIndex();
		String letters = "a".repeat(2000);
		index.add(letters);
		index.add("x".repeat(20) + letters);
		index.add(letters + "x".repeat(20));
		for (int i = 0; i < 5000; i++) {
			index.add("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + i + "." + letters + i);
			index.add("secret" + i);
		}
		for (String piece : List.of("a", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.", "eyJhbGciOiJSUzI1NiIs",
				"x".repeat(20) + letters, letters + "b", "secret", "secret1")) {
			CountedText text = new CountedText(piece.repeat(1_000_000 / piece.length()));
			BitSet found = index.find(text);
			assertThat(found.isEmpty()).as(piece).isFalse();
			// For each of the six lengths, and for what is found
			assertThat(text.steps).as(piece).isLessThan(text.length() * 60);
		}
	}

	@Test
	void jsonKeepsItsStructure() {
		this.secrets.add(KEY);
		JsonMapper mapper = new JsonMapper();
		String json = "{'a':[1,true,null,'%1$s'],'%1$s':{'b':'x %1$s'},'%2$s':2.50}"
			.formatted(KEY, KEY.toUpperCase(Locale.ROOT))
			.replace('\'', '"');
		assertThat(this.secrets.redact(mapper.readTree(json)))
			.hasToString("{'a':[1,true,null,'***'],'***':{'b':'x ***'},'***2':2.5}".replace('\'', '"'));
		Object harmless = mapper.readTree("{\"a\":[1,\"b\"]}");
		assertThat(this.secrets.redactValue(harmless)).isSameAs(harmless);
	}

	@Test
	void valuesKeepTheirStructure() {
		this.secrets.add(KEY);
		Map<String, Object> values = Map.of("a", List.of(1, KEY), KEY, Map.of("b", "x " + KEY));
		assertThat(this.secrets.redactValue(values))
			.isEqualTo(Map.of("a", List.of(1, "***"), "***", Map.of("b", "x ***")));
		Map<String, Object> harmless = Map.of("a", List.of(1, "b"));
		assertThat(this.secrets.redactValue(harmless)).isSameAs(harmless);
		Object deep = KEY;
		for (int i = 0; i < 100_000; i++) {
			deep = List.of(deep);
		}
		assertThat(this.secrets.redactValue(deep)).asString().doesNotContain(FIRST);
	}

	@Test
	void whatProviderSaysOfItsAnswerIsRedacted() {
		this.secrets.add(KEY);
		Usage usage = Usage.builder().promptTokens(1L).completionTokens(2L).raw(Map.of("tier", KEY)).build();
		ModelResponse response = ModelResponse.of("Here it is: " + KEY)
			.mutate()
			.model(KEY)
			.id(KEY)
			.requestId(KEY)
			.usage(usage)
			.metadata("tier", KEY)
			.build();
		ModelResponse redacted = this.secrets.redact(response);
		assertThat(redacted.toString()).doesNotContain(FIRST);
		assertThat(redacted.requestId()).isEqualTo("***");
		assertThat(redacted.content()).isEqualTo(response.content());
		assertThat(redacted.metadata()).isEqualTo(response.metadata());
		ModelResponse harmless = ModelResponse.of(KEY);
		assertThat(this.secrets.redact(harmless)).isSameAs(harmless);
	}

	@Test
	void failureWithoutSecretIsTheSame() {
		this.secrets.add(KEY);
		Exception failure = new IOException("Broken", new IllegalStateException());
		failure.addSuppressed(new IOException(failure));
		assertThat(this.secrets.redact(failure)).isSameAs(failure);
	}

	@Test
	void failureIsRedactedWithAllThatBelongsToIt() {
		this.secrets.add(KEY);
		IOException cause = new IOException("Bad " + KEY, new IllegalStateException("Worse " + KEY));
		cause.addSuppressed(new IOException(LAST + " is bad", cause));
		ModelException failure = ModelException.builder(Kind.RATE_LIMIT, "No " + KEY)
			.provider("openai")
			.model(KEY)
			.requestId(KEY)
			.status(429)
			.detail(KEY, List.of(KEY))
			.cause(cause)
			.build();
		Throwable redacted = this.secrets.redact(failure);
		assertThat(Throwables.getStackTrace(redacted)).doesNotContain(FIRST, LAST)
			.contains("java.io.IOException: Bad ***", "java.lang.IllegalStateException: Worse ***", "*** is bad");
		assertThat(redacted.getStackTrace()).isEqualTo(failure.getStackTrace());
		assertThat(redacted).isInstanceOfSatisfying(ModelException.class, (exception) -> {
			assertThat(exception.getKind()).isEqualTo(Kind.RATE_LIMIT);
			assertThat(exception.getStatus()).isEqualTo(429);
			assertThat(exception.isRetryable()).isTrue();
			assertThat(exception.getModel()).isEqualTo("***");
			assertThat(exception.getRequestId()).isEqualTo("***");
			assertThat(exception.getDetails()).isEqualTo(Map.of("***", List.of("***")));
		});
	}

	@Test
	void endlessFailureIsRedacted() {
		this.secrets.add(KEY);
		Exception failure = new IOException(KEY);
		for (int i = 0; i < 20_000; i++) {
			failure = new IOException("x", failure);
		}
		assertThat(Throwables.getStackTrace(this.secrets.redact(failure))).doesNotContain(FIRST);
	}

	/**
	 * A text that counts how often it is looked at.
	 */
	private static final class CountedText implements CharSequence {

		private final String text;

		private int steps;

		CountedText(String text) {
			this.text = text;
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			this.steps++;
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			this.steps += end - start;
			return this.text.subSequence(start, end);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
