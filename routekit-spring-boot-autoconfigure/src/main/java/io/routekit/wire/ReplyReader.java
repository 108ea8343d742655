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

import java.util.function.Consumer;

import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer from its JSON payloads and puts the response together. An answer that
 * is not streamed is a single payload. Used by one thread at a time.
 *
 * @since 0.1.0
 */
public interface ReplyReader {

	/**
	 * Read a payload, up to its end.
	 * @param event the name of the server-sent event, or {@code null} if it has none
	 * @param json the array that holds the payload, which is only valid during this call
	 * @param offset the position of the payload
	 * @param length the length of the payload
	 * @param events takes the events that the payload amounts to
	 * @return whether the payload was more than a sign of life
	 * @throws ModelException if the payload reports a failure
	 * @throws tools.jackson.core.JacksonException if the payload is not JSON
	 */
	boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events);

	/**
	 * Return whether the last payload brought nothing but a text, so that another payload
	 * which equals it but for this text can be {@linkplain #readText read} by the text
	 * alone.
	 * @return where the text is, or {@code null} if the reader does not know
	 */
	default @Nullable OnlyText onlyText() {
		return null;
	}

	/**
	 * Read a payload that equals the last one but for its {@link #onlyText() only text}.
	 * @param text the text
	 * @param events takes the events that the payload amounts to
	 * @return whether the payload was more than a sign of life
	 * @throws ModelException if the answer is larger than it may be
	 */
	default boolean readText(String text, Consumer<StreamEvent> events) {
		throw new UnsupportedOperationException("This reader does not know the text of a payload");
	}

	/**
	 * Return where another payload begins behind the last one that was read: some servers
	 * put several into one event.
	 * @return the position relative to the payload, or 0 if there is none
	 */
	int next();

	/**
	 * Take note of the {@code [DONE]} that ends the streams of some providers.
	 */
	default void readDone() {
	}

	/**
	 * Return whether the last payload has been read, so that nothing more is expected.
	 * @return whether the answer is done
	 */
	boolean isDone();

	/**
	 * Return whether the answer may end here: the provider has said why the model
	 * stopped, but may still have details such as usage to tell.
	 * @return whether the end of the stream is the end of the answer
	 */
	boolean isFinished();

	/**
	 * Return what is known of the answer beside its content, once it has begun, and each
	 * time that its usage has changed.
	 * @return the response so far without content, or {@code null} if there is no news
	 */
	default @Nullable ModelResponse progress() {
		return null;
	}

	/**
	 * Finish the answer.
	 * @param events takes the events that were held back until the end
	 * @return the response
	 * @throws ModelException of kind {@code INVALID_RESPONSE} if what was read amounts to
	 * no answer
	 */
	ModelResponse complete(Consumer<StreamEvent> events);

}
