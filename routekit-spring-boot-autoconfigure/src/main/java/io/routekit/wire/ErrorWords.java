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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the words in errors stand for: codes and types, which count as a whole, and
 * phrases, which are looked for in what the server says. A wire format declares those of
 * its servers, and a bean of this type those that only an application knows, be it of a
 * gateway of its own. Immutable.
 * <p>
 * A phrase has words in the order in which they must follow each other, such as
 * {@code quota .. used|spent}: {@code |} stands between alternatives, and {@code ..} for
 * up to eight other words of the same sentence. Case, punctuation, numbers, endings (-s,
 * -ed, -ing) and little words (a, the, is, of, your and the like) do not matter. A phrase
 * that is declared here decides whatever the status is; those that many servers use are
 * known without being declared, and only refine what the status says.
 *
 * @since 0.1.0
 * @see Protocol#errorWords()
 */
public final class ErrorWords {

	/**
	 * No word is declared, so that the status decides, and what many servers say.
	 */
	public static final ErrorWords NONE = new ErrorWords(Collections.emptyMap(), Collections.emptyMap());

	private final Map<String, Kind> codes;

	private final Map<String, Kind> phrases;

	private final ErrorPhrases compiled;

	/**
	 * Create a new {@link ErrorWords} instance.
	 * @param codes kinds of failures by code or type, in any case. Of those that are not
	 * generic, the status does not matter; {@code INVALID_REQUEST} and {@code SERVER} are
	 * generic
	 * @param phrases kinds of failures by phrase; the first that is found counts
	 * @throws IllegalArgumentException if a phrase has no word that matters
	 */
	public ErrorWords(Map<String, Kind> codes, Map<String, Kind> phrases) {
		Assert.notNull(codes, "'codes' must not be null");
		Assert.notNull(phrases, "'phrases' must not be null");
		Map<String, Kind> lowerCaseCodes = new LinkedHashMap<>();
		codes.forEach((code, kind) -> lowerCaseCodes.put(code.toLowerCase(Locale.ROOT), kind));
		this.codes = Map.copyOf(lowerCaseCodes);
		this.phrases = Collections.unmodifiableMap(new LinkedHashMap<>(phrases));
		this.compiled = ErrorPhrases.of(this.phrases);
	}

	/**
	 * Return codes and types alone.
	 * @param codes kinds of failures by code or type, in any case
	 * @return the words
	 */
	public static ErrorWords ofCodes(Map<String, Kind> codes) {
		return new ErrorWords(codes, Collections.emptyMap());
	}

	/**
	 * Return phrases alone.
	 * @param phrases kinds of failures by phrase; the first that is found counts
	 * @return the words
	 * @throws IllegalArgumentException if a phrase has no word that matters
	 */
	public static ErrorWords ofPhrases(Map<String, Kind> phrases) {
		return new ErrorWords(Collections.emptyMap(), phrases);
	}

	/**
	 * Return these words and others.
	 * @param others the others, which win over these
	 * @return the words of both
	 */
	public ErrorWords and(ErrorWords others) {
		Assert.notNull(others, "'others' must not be null");
		Map<String, Kind> allCodes = new LinkedHashMap<>(this.codes);
		allCodes.putAll(others.codes);
		Map<String, Kind> allPhrases = new LinkedHashMap<>(others.phrases);
		this.phrases.forEach(allPhrases::putIfAbsent);
		return new ErrorWords(allCodes, allPhrases);
	}

	/**
	 * Return the kind of failure that a code or a type stands for.
	 * @param code the code or type, in any case
	 * @return the kind, or {@code null} if the code is not known
	 */
	public @Nullable Kind kind(String code) {
		Assert.notNull(code, "'code' must not be null");
		return this.codes.get(code.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the codes and types.
	 * @return kinds of failures by code or type in lower case
	 */
	public Map<String, Kind> codes() {
		return this.codes;
	}

	/**
	 * Return the phrases.
	 * @return kinds of failures by phrase, in the order in which they count
	 */
	public Map<String, Kind> phrases() {
		return this.phrases;
	}

	ErrorPhrases compiled() {
		return this.compiled;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ErrorWords other && this.codes.equals(other.codes) && this.phrases.equals(other.phrases);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.codes, this.phrases);
	}

	@Override
	public String toString() {
		return "ErrorWords[codes=%s, phrases=%s]".formatted(this.codes, this.phrases);
	}

}
