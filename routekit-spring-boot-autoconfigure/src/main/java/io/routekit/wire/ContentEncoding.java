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

import java.util.Locale;
import java.util.Set;

import io.routekit.ModelException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The compression that is left of an answer once the HTTP client has undone what it asked
 * for. Servers compress without being asked, and say so where nothing is compressed.
 *
 * @since 0.1.0
 */
public final class ContentEncoding {

	/**
	 * The codings that a body cannot be read with, of those that are registered.
	 */
	private static final Set<String> COMPRESSED = Set.of("br", "compress", "dcb", "dcz", "deflate", "gzip", "snappy",
			"x-compress", "x-gzip", "zstd");

	/**
	 * How much of a body tells whether it is text.
	 */
	private static final int START_SIZE = 256;

	private ContentEncoding() {
	}

	/**
	 * Return how a body is compressed that is empty or no text. Some clients leave the
	 * header in place when they have undone what it says.
	 * @param headers the headers
	 * @param body the array that holds the body, or the start of it
	 * @param offset the position of the body
	 * @param length the length of the body
	 * @return the name of the coding, or {@code null} if the body is not compressed
	 */
	static @Nullable String of(HttpHeaders headers, byte[] body, int offset, int length) {
		String coding = of(headers);
		if (coding == null) {
			// Not every server says so
			return (length > 0 && body[offset] == 0x1F) ? "gzip" : null;
		}
		return (length == 0 || isBinary(body, offset, Math.min(length, START_SIZE))) ? coding : null;
	}

	/**
	 * Return how the headers say that an answer is compressed.
	 * @param headers the headers
	 * @return the name of the coding, or {@code null} if it is not compressed
	 */
	public static @Nullable String of(HttpHeaders headers) {
		Assert.notNull(headers, "'headers' must not be null");
		for (String value : headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING)) {
			for (String coding : StringUtils.tokenizeToStringArray(value, ",")) {
				String name = coding.toLowerCase(Locale.ROOT);
				if (COMPRESSED.contains(name)) {
					return name;
				}
			}
		}
		return null;
	}

	private static boolean isBinary(byte[] body, int offset, int length) {
		int end = offset + length;
		for (int i = offset; i < end; i++) {
			if (body[i] >= 0 && body[i] < ' ' && body[i] != '\n' && body[i] != '\r' && body[i] != '\t') {
				return true;
			}
		}
		// A character may be cut
		while (end > offset && body[end - 1] < 0 && end > offset + length - 3) {
			end--;
		}
		return Utf8.isMalformed(body, offset, end - offset);
	}

	/**
	 * Return the failure of an answer that cannot be read for its compression.
	 * @param reply what is known of the answer
	 * @param coding the name of the coding
	 * @return the exception
	 */
	public static ModelException unexpected(Reply reply, String coding) {
		Assert.notNull(reply, "'reply' must not be null");
		Assert.notNull(coding, "'coding' must not be null");
		return reply.invalid(
				"The server's answer is compressed (%s), which the HTTP client did not ask for and cannot undo: let the "
					.formatted(coding) + "server send it as it is");
	}

}
