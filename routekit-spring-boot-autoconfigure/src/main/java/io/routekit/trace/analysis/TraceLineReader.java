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

package io.routekit.trace.analysis;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.routekit.OneLine;
import io.routekit.trace.analysis.TraceLine.RunPart;
import io.routekit.trace.analysis.TraceLine.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a line of a trace. What the analysis does not need is skipped without keeping it,
 * and names are bounded in their length.
 */
final class TraceLineReader {

	// A table of the names of members would grow with them
	private static final JsonFactory factory = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
		.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(2 * LineReader.MAX_TEXT_LENGTH).build())
		.build();

	private static final String UNKNOWN = "unknown";

	private static final double MAX_SECONDS = 1e9;

	private static final int MAX_DIGITS = 100;

	private static final Instant FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

	private static final Set<String> COST = Set.of("amount", "currency");

	private static final Set<String> COUNTERS = Set.of(TraceLine.PROMPT_TOKENS, TraceLine.COMPLETION_TOKENS,
			TraceLine.CACHED_TOKENS);

	private final Set<String> tagKeys;

	/**
	 * Create a new {@link TraceLineReader} instance.
	 * @param tagKeys the keys of the tags that matter
	 */
	TraceLineReader(Set<String> tagKeys) {
		this.tagKeys = tagKeys;
	}

	/**
	 * Read a line.
	 * @param json the line
	 * @return what it says, or {@code null} if it is blank
	 * @throws IllegalArgumentException if it is no line of a trace; the message does not
	 * quote it
	 * @throws IOException if it cannot be read
	 */
	@Nullable TraceLine read(Reader json) throws IOException {
		try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
			JsonToken token = parser.nextToken();
			if (token == null) {
				return null;
			}
			if (token != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("it is no JSON object");
			}
			TraceLine line = new Members(this.tagKeys).read(parser);
			if (parser.nextToken() != null) {
				throw new IllegalArgumentException("something follows the JSON object");
			}
			return line;
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			// Its message would quote the line
			throw new IllegalArgumentException("it is no JSON", ex);
		}
		catch (DateTimeException | ArithmeticException | NumberFormatException ex) {
			throw new IllegalArgumentException("a value is not what it should be", ex);
		}
	}

	/**
	 * The members of one line.
	 */
	private static final class Members {

		private final Set<String> tagKeys;

		private final Map<String, @Nullable String> texts = new HashMap<>();

		private Map<String, String> tags = Collections.emptyMap();

		private @Nullable Map<String, Long> usage;

		private Map<String, String> cost = Collections.emptyMap();

		Members(Set<String> tagKeys) {
			this.tagKeys = tagKeys;
		}

		TraceLine read(JsonParser parser) {
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken token = parser.nextToken();
				switch (name) {
					case "version", "type", "time", "id", "provider", "model", "responseModel", "outcome", "duration",
							"timeToFirstChunk", "run", "agent", "tool", "rounds" ->
						this.texts.put(name, text(parser));
					case "usage" -> this.usage = (token == JsonToken.START_OBJECT) ? readUsage(parser) : skip(parser);
					case "cost" -> this.cost = readTexts(parser, COST);
					case "tags" -> this.tags = readTexts(parser, this.tagKeys);
					default -> parser.skipChildren();
				}
			}
			return line();
		}

		private static <T> @Nullable T skip(JsonParser parser) {
			parser.skipChildren();
			return null;
		}

		private TraceLine line() {
			if (!"1".equals(this.texts.get("version"))) {
				throw new IllegalArgumentException("it is no line of a trace of version 1");
			}
			String amount = this.cost.get("amount");
			String model = this.texts.get("responseModel");
			Type type = type(this.texts.get("type"));
			return new TraceLine(type, time(required("time")), this.texts.get("id"),
					(type == Type.CALL) ? required("provider") : UNKNOWN,
					(model != null) ? model : orUnknown(this.texts.get("model")), model != null, required("outcome"),
					number(this.texts.get("duration")), number(this.texts.get("timeToFirstChunk")), this.usage,
					(amount != null) ? amount(amount) : null,
					(amount != null) ? orUnknown(this.cost.get("currency")) : null, this.tags,
					new RunPart(this.texts.get("run"), this.texts.get("agent"), this.texts.get("tool"),
							count(this.texts.get("rounds"))));
		}

		// Lines of calls had no type at first
		private static Type type(@Nullable String text) {
			return switch ((text != null) ? text : "call") {
				case "call" -> Type.CALL;
				case "tool" -> Type.TOOL;
				case "run" -> Type.RUN;
				default -> throw new IllegalArgumentException("its type is not known");
			};
		}

		private static long count(@Nullable String text) {
			return (text != null) ? Math.max(0, Long.parseLong(text)) : 0;
		}

		private String required(String name) {
			String text = this.texts.get(name);
			if (text == null) {
				throw new IllegalArgumentException("it has no '%s'".formatted(name));
			}
			return text;
		}

		private static String orUnknown(@Nullable String text) {
			return (text != null) ? text : UNKNOWN;
		}

		// Others have no day, or one that no query can name
		private static Instant time(String text) {
			Instant time = Instant.parse(text);
			if (time.isBefore(FIRST_TIME) || !time.isBefore(END_OF_TIME)) {
				throw new DateTimeException("No time of a call");
			}
			return time;
		}

		private static @Nullable Double number(@Nullable String text) {
			Double number = (text != null) ? Double.valueOf(text) : null;
			if (number != null && !(number >= 0 && number <= MAX_SECONDS)) {
				throw new NumberFormatException("No number of seconds");
			}
			return number;
		}

		// A sum with more digits would take the time and the memory of all
		private static BigDecimal amount(String text) {
			BigDecimal amount = (text.length() <= MAX_DIGITS) ? new BigDecimal(text) : null;
			if (amount == null || Math.abs(amount.scale()) > MAX_DIGITS) {
				throw new NumberFormatException("No amount");
			}
			return amount;
		}

		private static Map<String, Long> readUsage(JsonParser parser) {
			Map<String, Long> counters = new HashMap<>();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && COUNTERS.contains(name)) {
					counters.put(name, Math.max(0, parser.getLongValue()));
				}
				else {
					parser.skipChildren();
				}
			}
			return counters;
		}

		private static Map<String, String> readTexts(JsonParser parser, Set<String> names) {
			Map<String, String> texts = new HashMap<>();
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				parser.skipChildren();
				return texts;
			}
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				String text = names.contains(name) ? text(parser) : skip(parser);
				if (text != null) {
					texts.put(name, text);
				}
			}
			return texts;
		}

		private static @Nullable String text(JsonParser parser) {
			if (parser.currentToken().isStructStart() || parser.currentToken() == JsonToken.VALUE_NULL) {
				return skip(parser);
			}
			return OneLine.ofName(parser.getString());
		}

	}

}
