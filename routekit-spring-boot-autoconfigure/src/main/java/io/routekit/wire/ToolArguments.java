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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import org.springframework.util.Assert;

/**
 * The arguments of a tool call, which arrive in pieces. Some servers begin with an empty
 * object that stands for what follows, repeat the whole at the end, or send all there is
 * each time. Once a piece may be one of these, the pieces are held back until the end,
 * where the arguments are what can be meant by them in one way only. Used by one thread
 * at a time.
 *
 * @since 0.1.0
 */
public final class ToolArguments {

	private final KeptSize kept;

	private final DeltaText text;

	private final ObjectScanner scanner = new ObjectScanner();

	/**
	 * The arguments if some pieces take the place of those before them.
	 */
	private @Nullable StringBuilder restated;

	/**
	 * The arguments as a whole, if the server has told them and they are not the pieces.
	 */
	private @Nullable String settled;

	private boolean held;

	private boolean ended;

	private int emitted;

	ToolArguments(KeptSize kept, DeltaText text) {
		this.kept = kept;
		this.text = text;
	}

	/**
	 * Append a piece.
	 * @param piece the piece as it arrived
	 * @return the piece to pass on, possibly empty
	 * @throws io.routekit.ModelException if the arguments are longer than they may be
	 */
	public String append(String piece) {
		Assert.notNull(piece, "'piece' must not be null");
		restate(piece);
		String ready = this.text.append(piece);
		this.scanner.scan(piece);
		this.held |= this.restated != null || this.scanner.isDoubtful();
		if (this.held || this.settled != null) {
			return "";
		}
		this.emitted += ready.length();
		return ready;
	}

	/**
	 * Take note of the arguments as a whole, which count more than the pieces unless only
	 * these amount to an object.
	 * @param whole the arguments; blank ones tell nothing
	 * @throws io.routekit.ModelException if the arguments are longer than they may be
	 */
	public void settle(String whole) {
		Assert.notNull(whole, "'whole' must not be null");
		if (whole.isBlank() || whole.equals(this.settled) || this.settled == null && whole.equals(this.text.join())) {
			return;
		}
		this.kept.addText(whole.length());
		if (whole.length() > this.text.limit()) {
			this.kept.throwToolArgumentsTooLarge();
		}
		this.settled = whole;
	}

	private void restate(String piece) {
		boolean replaces = this.restated == null && this.scanner.isEmptyObject() && !piece.isBlank()
				|| isContinuedBy(piece);
		if (this.restated != null && !replaces) {
			this.kept.addText(piece.length());
			this.restated.append(piece);
		}
		else if (replaces) {
			this.kept.addText(piece.length());
			this.restated = new StringBuilder(piece);
		}
	}

	// Only compared with a piece that is as long, so that the steps are as many as the
	// characters of all pieces
	private boolean isContinuedBy(String piece) {
		if (!piece.startsWith("{")) {
			return false;
		}
		if (this.restated != null) {
			return piece.length() >= this.restated.length() && piece.startsWith(this.restated.toString());
		}
		return !this.text.isBlank() && piece.length() >= this.text.length() && piece.startsWith(this.text.join());
	}

	/**
	 * Return all that was passed on so far.
	 * @return the pieces, joined
	 */
	public String emitted() {
		return this.text.join().substring(0, this.emitted);
	}

	/**
	 * Return what was held back, once, at the end of the arguments.
	 * @return the piece to pass on, possibly empty
	 */
	public String rest() {
		if (this.ended) {
			return "";
		}
		this.ended = true;
		String arguments = join();
		return arguments.startsWith(emitted()) ? arguments.substring(this.emitted) : "";
	}

	/**
	 * Return whether the pieces say nothing, be it by an empty object.
	 * @return whether there are no arguments
	 */
	public boolean isEmpty() {
		boolean blank = this.settled == null && this.text.isBlank();
		return blank || this.held && join().equals("{}");
	}

	/**
	 * Return the arguments.
	 * @return the JSON text, or the pieces as they came if they do not amount to one
	 */
	public String join() {
		String pieces = joinPieces();
		String whole = this.settled;
		return (whole != null && (WireJson.isObject(whole) || !WireJson.isObject(pieces))) ? whole : pieces;
	}

	private String joinPieces() {
		String pieces = this.text.join();
		if (!this.held || WireJson.isObject(pieces)) {
			return pieces;
		}
		String latest = (this.restated != null) ? this.restated.toString() : pieces;
		if (WireJson.isObject(latest)) {
			return latest;
		}
		String only = onlyObject(pieces);
		return (only != null) ? only : latest;
	}

	// Return the object that a text consists of, be it several times
	private static @Nullable String onlyObject(String text) {
		byte[] json = text.getBytes(StandardCharsets.UTF_8);
		if (MemberNames.areTooMany(json, 0, json.length)) {
			return null;
		}
		String only = "{}";
		Map<?, ?> members = null;
		try (JsonParser parser = WireJson.parser(json, 0, json.length)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				JsonRange value = JsonRange.of(json, 0, parser);
				if (token == JsonToken.START_OBJECT && value.hasContent()) {
					Map<?, ?> next = WireJson.mapper().readValue(json, value.offset(), value.length(), Map.class);
					if (members != null && !members.equals(next)) {
						return null;
					}
					only = (members != null) ? only : value.toJson();
					members = next;
				}
				else if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
					return null;
				}
			}
			return only;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Return arguments as they can be sent back. Servers refuse a conversation with any
	 * that are no object.
	 * @param arguments the arguments of a call, which may have been cut
	 * @return a JSON object
	 */
	public static String toObject(String arguments) {
		Assert.notNull(arguments, "'arguments' must not be null");
		if (arguments.isBlank()) {
			return "{}";
		}
		return WireJson.isObject(arguments) ? arguments : WireJson.write(Map.of("INVALID_JSON", arguments));
	}

	@Override
	public String toString() {
		return "ToolArguments[%s]".formatted(this.text);
	}

}
